// From what a person types as their server to the address where its API is.

import { z } from 'zod'
import { isLoopback } from '../../lib/loopback.ts'
import type { Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { instanceSchema, notOffered, readInstance, type ServerFacts } from './instance.ts'
import { api } from './wire.ts'

export interface TypedServer {
  /** Base address without a trailing slash. */
  server: string
  /** The name before the server in `@me@example.social`; null when only a server was given. */
  user: string | null
}

/** `example.social`, `me@example.social`, `@me@example.social`, `https://example.social/@me`. null: none of these. */
export function parseServer(typed: string): TypedServer | null {
  const text = typed.trim()
  const [, user = null, host = text] = /^(?:acct:)?@?([^\s@/:]+)@([^\s@/]+)\/*$/i.exec(text) ?? []
  const stated = /^https?:\/\//i.test(host)
  const url = URL.parse(stated ? host : `https://${host}`)
  if (url?.username !== '' || /\s/.test(host) || !isHost(url.hostname)) return null
  // A token never travels in the clear, except on this machine, where a server on trial has no certificate.
  if (!isLoopback(url.hostname)) url.protocol = 'https:'
  else if (!stated) url.protocol = 'http:'
  return { server: url.origin, user }
}

function isHost(name: string): boolean {
  return name.includes('.') || name.includes(':') || name === 'localhost'
}

/** Asks the server itself; where people's addresses name another host than the API's, WebFinger knows the way. */
export async function findServer(session: Session, typed: string): Promise<ServerFacts> {
  const parsed = parseServer(typed)
  if (!parsed) throw new ConnectorError({ kind: 'rejected', code: 'server-address', field: 'server' })
  try {
    return await readInstance(session, { server: parsed.server, credentials: null })
  } catch (error) {
    // A server in limited federation tells nothing about itself before the sign-in.
    if (error instanceof ConnectorError && error.status === 401) return { server: parsed.server, instance: unstated }
    if (!notOffered(error)) throw error
    const elsewhere = parsed.user === null ? null : await askWebFinger(session, parsed.server, parsed.user)
    if (elsewhere === null) throw new ConnectorError({ kind: 'rejected', code: 'not-this-network', field: 'server' })
    return readInstance(session, { server: elsewhere, credentials: null })
  }
}

const unstated = instanceSchema.parse({})

const webFinger = z.object({ links: z.array(z.object({ rel: z.string(), href: z.string().optional() })) })

async function askWebFinger(session: Session, server: string, user: string): Promise<string | null> {
  const resource = `acct:${user}@${new URL(server).host}`
  try {
    const request = { path: '/.well-known/webfinger', query: { resource }, schema: webFinger }
    const { body } = await api(session, { server, credentials: null }, request)
    const actor = body.links.find(({ rel }) => rel === 'self')?.href
    const found = actor ? parseServer(actor)?.server : null
    return found && found !== server ? found : null
  } catch (error) {
    if (notOffered(error)) return null
    throw error
  }
}
