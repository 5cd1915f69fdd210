/** A promise that a test lets go of when it wants to. */
export interface Release {
  readonly until: Promise<void>
  release(): void
}

export function holdUntilReleased(): Release {
  let release: () => void = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  return { until, release: () => release() }
}
