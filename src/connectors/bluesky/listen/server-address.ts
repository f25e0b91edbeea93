// Addresses of servers that stream, as people type them, and what such a server means by refusing.

import { z } from 'zod'
import type { Explain } from '../../listen.ts'

/** With `ws:` or `http:`, or without either. null: no address. */
export function originOf(typed: string): string | null {
  const text = typed.trim().replace(/^ws(s?):/i, 'http$1:')
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  return url?.hostname && url.username === '' && !/\s/.test(text) ? url.origin : null
}

const named = z.object({ error: z.string().regex(/^[A-Za-z]{1,60}$/) })

/** XRPC names its refusals (https://atproto.com/specs/xrpc). */
export const explainHandshake: Explain = ({ status, body }) => {
  const parsed = named.safeParse(body)
  return status === 400 && parsed.success ? { kind: 'rejected', code: parsed.data.error } : null
}
