/** What the benchmark's processes say to each other. */

/** What a process has used since it started. */
export interface Usage {
  readonly cpuMs: number
  readonly rssBytes: number
}

/** Both sandboxes, as a configuration file of the gateway needs them. */
export interface SandboxReady {
  readonly netsuite: { readonly url: string; readonly accountId: string; readonly auth: object }
  readonly intacct: { readonly url: string; readonly credentials: object }
}

export interface ProxyReady {
  readonly url: string
}
