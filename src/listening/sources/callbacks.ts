// Where a source tells that it has something new: the address and secret that it is given, and what is made of its calls.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Json } from '../../connectors/contract.ts'
import { asSystem } from '../../db/tx.ts'
import { uuidPattern } from '../../lib/ids.ts'
import { isLoopback } from '../../lib/loopback.ts'
import { markOf } from '../../lib/sign.ts'
import type { Services } from '../../services.ts'
import { findKind } from './kinds.ts'
import { wakeReader } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config' | 'publicUrl'>

const purpose = 'listening callback'

/** undefined: nobody outside can reach this installation. */
export function callbackOf(
  { config, publicUrl }: Pick<Deps, 'config' | 'publicUrl'>,
  readerId: string,
): { url: string; secret: string } | undefined {
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol !== 'https:' || isLoopback(hostname)) return undefined
  return { url: `${publicUrl}/hooks/sources/${readerId}`, secret: markOf(config.secrets, purpose, readerId) }
}

/** Nobody is asked who they are: whoever knows the secret may wake a reader, and nothing else happens here. */
export function mountSourceCallbacks(app: Hono, services: Deps): void {
  const hooks = new Hono()
  hooks.get(`/:reader{${uuidPattern}}`, (c) => confirm(services, c))
  hooks.post(
    `/:reader{${uuidPattern}}`,
    bodyLimit({ maxSize: 5_000_000, onError: (c) => c.text('too large', 413) }),
    (c) => take(services, c),
  )
  app.route('/hooks/sources', hooks)
}

async function confirm(services: Deps, c: Context): Promise<Response> {
  const reader = await readerAt(services, c.req.param('reader') ?? '')
  const told = reader && findKind(reader.connector, reader.kind)?.told
  const answer = told ? told.confirm(new URL(c.req.url).searchParams, reader.cursor as Json) : null
  return answer === null ? c.text('not found', 404) : c.text(answer)
}

/** A call that is not genuine is answered like one that is: who tries learns nothing (WebSub, 7.1). */
async function take(services: Deps, c: Context): Promise<Response> {
  const id = c.req.param('reader') ?? ''
  const reader = await readerAt(services, id)
  const told = reader && findKind(reader.connector, reader.kind)?.told
  if (!told) return c.text('not found', 404)
  const body = new Uint8Array(await c.req.arrayBuffer())
  const { headers } = c.req.raw
  const genuine = services.config.secrets.some((key) => told.isGenuine(headers, body, markOf([key], purpose, id)))
  // What it carries is not read: the source itself is asked, in the one way in which it always is.
  if (genuine) await asSystem(services.db, (tx) => wakeReader(tx, id, services.clock()))
  return c.body(null, 202)
}

const readerAt = ({ db }: Deps, id: string) =>
  asSystem(db, (tx) =>
    tx.selectFrom('readers').select(['connector', 'kind', 'cursor']).where('id', '=', id).executeTakeFirst(),
  )
