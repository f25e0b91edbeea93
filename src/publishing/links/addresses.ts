// What an address in a post is to us: ours already, private, with a password in it, or one that may be decorated.

import { classifyAddress } from '../../lib/addresses.ts'

/** Browsers and servers take addresses up to about this length; a longer one is left as it is. */
export const longestTarget = 8000

/** Where short links begin: at a domain of their own, if there is one, and always below the public address. */
export const linkBasesOf = (publicUrl: string, shortUrl: string | null): readonly string[] => [
  ...(shortUrl ? [`${shortUrl}/`] : []),
  `${publicUrl}${shortPath}`,
]

export const shortPath = '/l/'

export type AddressFault = 'not-web' | 'credentials' | 'private' | 'own' | 'too-long'

/**
 * Why no short link may lead there; null: it may. `own` are the beginnings of our own short links, with a trailing slash. Only
 * the name is looked at, for it is the visitor's browser that goes there, not this server.
 */
export function addressFault(address: string, own: readonly string[]): AddressFault | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return 'not-web'
  if (url.username || url.password) return 'credentials'
  if (isOwn(url, own)) return 'own'
  if (isPrivateHost(url.hostname)) return 'private'
  return address.length > longestTarget ? 'too-long' : null
}

/** Whether an address begins where our own short links do; a chain of them would be a loop, or count a click twice. */
export function isOwn(url: URL, own: readonly string[]): boolean {
  return own.some((base) => {
    const ours = new URL(base)
    return url.host === ours.host && url.pathname.startsWith(ours.pathname)
  })
}

/** Names that only a private network gives: without a dot, or under an ending that is reserved for it (RFC 6761, 6762, 8375, 9476). */
const privateNames = /(^|\.)(localhost|local|internal|lan|home\.arpa|test|invalid|onion|intranet|corp|home)$/

function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  // `new URL` has turned 2130706433 and 0x7f.1 into dotted numbers already.
  if (host.includes(':') || /^\d+(\.\d+){3}$/.test(host)) return classifyAddress(host) !== 'public'
  return !host.includes('.') || privateNames.test(host)
}

/** Whether `host` is one of the domains or lies below one. */
export const isUnder = (host: string, domains: readonly string[]): boolean =>
  domains.some((name) => {
    const domain = hostOf(name)
    return domain !== null && (host === domain || host.endsWith(`.${domain}`))
  })

/** As browsers write it: `bücher.example` and its form in ASCII are the same. */
const hostOf = (name: string): string | null =>
  URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`).hostname : null
