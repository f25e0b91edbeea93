// The host and the path of an address as `link:` compares them; addresses in posts are untrusted and need not be whole.

/** The host in lower case, international names in their ASCII form. */
export function hostOf(link: string): string {
  let [from, to] = hostPlace(link)
  const user = link.lastIndexOf('@', to - 1)
  if (user >= from) from = user + 1
  const port = link.indexOf(':', from)
  if (port >= 0 && port < to) to = port
  return asciiHost(link.slice(from, to).toLowerCase())
}

/** What stands from the first slash after the host, in lower case. */
export const pathOf = (link: string): string => link.slice(hostPlace(link)[1]).toLowerCase()

/** Whether `path` begins with whole steps of `start`: /shop begins /shop/shoes and not /shopping. */
export const beginsPath = (path: string, start: string): boolean =>
  path.startsWith(start) && (path.length === start.length || '/?#'.includes(path[start.length]!))

/** The ASCII form of a host. */
export function asciiHost(host: string): string {
  if (/^[\0-\x7f]*$/.test(host)) return host.replace(/\.$/, '')
  try {
    return new URL(`http://${host}`).hostname
  } catch {
    return host
  }
}

function hostPlace(link: string): [number, number] {
  const scheme = link.indexOf('://')
  const from = scheme < 0 ? 0 : scheme + 3
  let to = from
  while (to < link.length && link[to] !== '/' && link[to] !== '?' && link[to] !== '#') to++
  return [from, to]
}
