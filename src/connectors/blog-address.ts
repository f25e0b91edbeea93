// The address of a blog as a person types or pastes it.

import { ConnectorError } from './errors.ts'

/** The address without query, fragment, trailing slash and the parts that lead into the blog's own administration. */
export function blogAddress(typed: string, inside: RegExp): string {
  const text = typed.trim()
  const wrong = new ConnectorError({ kind: 'rejected', code: 'wrong-address', field: 'site' })
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0].toLowerCase()
  if (text === '' || (scheme !== undefined && scheme !== 'https://' && scheme !== 'http://')) throw wrong
  const url = URL.parse(scheme === undefined ? `https://${text}` : text)
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') throw wrong
  return url.origin + url.pathname.replace(inside, '').replace(/\/+$/, '')
}

/** Keeps an address on https when the blog is reached so but, behind a proxy, believes that it is not. */
export function asReached(address: string, reached: string): string {
  const url = new URL(address)
  const site = new URL(reached)
  if (url.protocol === 'http:' && site.protocol === 'https:' && url.hostname === site.hostname) {
    url.protocol = 'https:'
    url.port = site.port
  }
  return url.href
}
