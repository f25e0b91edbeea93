// Admin API keys and the short-lived tokens made from them.

import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { ConnectorError } from '../errors.ts'

export const credentialsSchema = z.object({ id: z.string(), secret: z.string() })
export type Credentials = z.infer<typeof credentialsSchema>

/** Ghost shows the key as `id:secret`, both in hexadecimal. */
export function parseAdminKey(typed: string): Credentials {
  const text = typed.trim()
  const [, id, secret] = /^([0-9a-f]{24}):([0-9a-f]{64})$/i.exec(text) ?? []
  if (id && secret) return { id, secret }
  // The key shown beside it on the same page only reads.
  const code = /^[0-9a-f]{26}$/i.test(text) ? 'content-api-key' : 'malformed-key'
  throw new ConnectorError({ kind: 'rejected', code, field: 'key' })
}

const lifetimeSeconds = 300

/** A token for the Admin API: HS256, signed with the secret's bytes. */
export function signToken({ id, secret }: Credentials, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000)
  const header = { alg: 'HS256', typ: 'JWT', kid: id }
  const claims = { iat: issued, exp: issued + lifetimeSeconds, aud: '/admin/' }
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(signed).digest('base64url')}`
}
