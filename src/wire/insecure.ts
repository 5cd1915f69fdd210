/** Whether what is sent to a place could be read on its way: http, but for this machine itself. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

export const isInsecure = (url: string): boolean => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !LOOPBACK.test(hostname)
}

/** The fault of each such place in a connection's settings that does not say that it is meant. */
export function insecureFaults(
  places: Readonly<Record<string, string | undefined>>,
  { allowInsecureHttp = false }: { readonly allowInsecureHttp?: boolean },
): string[] {
  return Object.entries(places).flatMap(([path, url]) => {
    if (url === undefined) return []
    if (!URL.canParse(url)) return [`${path}: is no URL`]
    return isInsecure(url) && !allowInsecureHttp
      ? [`${path}: sends logins over http:// to another machine; use https://, or say allowInsecureHttp: true`]
      : []
  })
}
