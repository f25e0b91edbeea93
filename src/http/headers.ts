// Headers that every answer carries: what the page may load, who may frame it, what it tells other sites.

import type { MiddlewareHandler } from 'hono'

const contentPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  // The component library sets sizes and colours as style attributes.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  // Avatars and pictures of sources come from the networks.
  "img-src 'self' data: blob: https:",
  "media-src 'self' blob: https:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const encrypted = publicUrl.startsWith('https://')
  return async (c, next) => {
    await next()
    const set = (name: string, value: string) => c.res.headers.has(name) || c.res.headers.set(name, value)
    // A route may be stricter (files of strangers are), so its own value stays.
    set('content-security-policy', contentPolicy)
    set('x-content-type-options', 'nosniff')
    set('x-frame-options', 'DENY')
    set('referrer-policy', 'strict-origin-when-cross-origin')
    set('cross-origin-opener-policy', 'same-origin')
    set('cross-origin-resource-policy', 'same-origin')
    set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    if (encrypted) set('strict-transport-security', 'max-age=31536000')
  }
}

/** What the API answers belongs to one person at one moment. */
export const neverStored: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
}
