// Media of an organisation: describe, list, and the file as one account can take it.

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Crop, Limits, MediaFile } from '../connectors/contract.ts'
import { ConnectorError } from '../connectors/errors.ts'
import { inOrg, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { canonicalJson, sha256Hex } from '../lib/hash.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { keepContent, mediaFolder } from './content.ts'
import { openFile } from './files.ts'
import { probeImage } from './image.ts'
import { endedOn } from './library/ends.ts'
import { usedMedia } from './library/used.ts'
import { makeRendition } from './renditions.ts'
import { type MediaKind, mediaKinds, planRendition, planThumbnail, type RenditionPlan } from './rules.ts'
import { type MediaRow, type MediaShown, shown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config'>

export function readMedia(services: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<MediaShown> {
  return inOrg(services.db, caller.orgId, async (tx) => shown(await liveMedia(tx, caller.orgId, id)))
}

export function describeMedia(
  services: Deps,
  caller: Caller,
  { id, alt, fileName }: { id: string; alt?: string; fileName?: string },
): Promise<MediaShown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const before = await liveMedia(tx, caller.orgId, id, true)
    const after = { alt: alt ?? before.alt, file_name: (fileName && cleanName(fileName)) || before.file_name }
    const row = await tx
      .updateTable('media')
      .set(after)
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'media.described',
      subject: { kind: 'media', id },
      ...(before.file_name === after.file_name ? {} : { facts: { from: before.file_name, to: after.file_name } }),
    })
    return shown(row)
  })
}

/** What a file may be called: no signs that steer, no folders. Empty where nothing is left. */
export const cleanName = (name: string): string =>
  name
    .replace(/[\p{Cc}/\\]/gu, '')
    .trim()
    .slice(0, 200)
    .toWellFormed()

/** One that is not removed. @throws Refusal `not-found`. */
export const liveMedia = (tx: Tx, orgId: string, id: string, lock = false): Promise<MediaRow> =>
  findMedia(tx, orgId, id, { lock })

async function findMedia(
  tx: Tx,
  orgId: string,
  id: string,
  { lock = false, removed = false }: { lock?: boolean; removed?: boolean },
): Promise<MediaRow> {
  const row = await tx
    .selectFrom('media')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .$if(!removed, (query) => query.where('removed_at', 'is', null))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound('media')
  return row
}

export interface MediaUse {
  kinds?: readonly MediaKind[]
  /** They go out in an answer of this conversation. Absent: in what everybody of the organisation sees. */
  conversationId?: string
}

/**
 * Says of these ids what speaks against using the files: `media-not-found` where there is none of these kinds in this organisation, and
 * `media-behind-wall` where it stands behind another wall than its use. They cannot be removed until the transaction ends.
 */
export async function keepMedia(
  tx: Tx,
  orgId: string,
  ids: string[],
  { kinds = mediaKinds, conversationId }: MediaUse = {},
): Promise<(id: string) => 'media-not-found' | 'media-behind-wall' | null> {
  if (ids.length === 0) return () => 'media-not-found'
  const rows = await tx
    .selectFrom('media')
    .select(['id', 'conversation_id'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('kind', 'in', kinds)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forShare()
    .execute()
  const brought = rows.flatMap(({ conversation_id: of }) => (of !== null && of !== conversationId ? [of] : []))
  const walls = await wallsOfConversations(tx, orgId, [...brought, ...(conversationId ? [conversationId] : [])])
  const used = conversationId ? walls.get(conversationId) : null
  const faults = new Map(
    rows.map(({ id, conversation_id: of }) => {
      const isFree = of === null || of === conversationId || walls.get(of) === null || walls.get(of) === used
      return [id, isFree ? null : ('media-behind-wall' as const)]
    }),
  )
  // What everybody uses is everybody's from then on, also when the conversation for which it was brought goes behind a wall.
  const shared = rows.filter(({ id, conversation_id: of }) => of !== null && !faults.get(id) && walls.get(of) === null)
  if (conversationId === undefined)
    await giveToEverybody(
      tx,
      orgId,
      shared.map(({ id }) => id),
    )
  return (id) => (faults.has(id) ? faults.get(id)! : 'media-not-found')
}

/** null: it stands behind none. */
async function wallsOfConversations(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; wall: string | null }>`
    select id, wall_id as wall from conversations where org_id = ${orgId} and id = any(${ids}::uuid[])`.execute(tx)
  return new Map(found.rows.map(({ id, wall }) => [id, wall]))
}

async function giveToEverybody(tx: Tx, orgId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('media')
    .set({ conversation_id: null })
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute()
}

export interface ServedFile {
  type: string
  fileName: string
  sha256: string
  bytes: number
  /** Who may see it can change with its conversation. */
  ofConversation: boolean
  stream(range?: { start: number; end: number }): ReadableStream<Uint8Array>
}

/** The original, or a small still picture of it. */
export async function serveMedia(
  services: Deps,
  orgId: string,
  id: string,
  size: 'original' | 'thumbnail',
): Promise<ServedFile> {
  const row = await inOrg(services.db, orgId, (tx) => liveMedia(tx, orgId, id))
  const ofConversation = row.conversation_id !== null
  if (size === 'original')
    return {
      ...(await openFile(mediaFolder(services.config), row.sha256)),
      ...{ type: row.type, fileName: row.file_name, sha256: row.sha256, ofConversation },
    }
  if (row.kind !== 'image') throw notFound('thumbnail')
  const made = await renditionOf(services, row, (facts) => planThumbnail(facts))
  return {
    ...(await openFile(mediaFolder(services.config), made.sha256)),
    ...{ type: made.type, fileName: row.file_name, sha256: made.sha256, ofConversation },
  }
}

/** What a file has to be when it goes out. */
export interface MediaWish {
  limits: Limits
  crop?: Crop
  /** Absent: as the library describes it. */
  alt?: string
}

/** What delivery hands to a connector: the file itself, or a rendition that is cropped and keeps the account's limits. */
export async function mediaFile(
  services: Deps,
  orgId: string,
  id: string,
  { limits, crop, alt }: MediaWish,
): Promise<MediaFile> {
  const row = await inOrg(services.db, orgId, (tx) => usableMedia(tx, orgId, id, services.clock())).catch((error) =>
    Promise.reject(asRejected(error)),
  )
  const file =
    row.kind === 'image' && limits.images
      ? await renditionOf(services, row, (facts) => planRendition(facts, limits.images!, crop)).catch((error) =>
          Promise.reject(asRejected(error)),
        )
      : row
  const opened = await openFile(mediaFolder(services.config), file.sha256)
  return {
    id,
    type: file.type,
    bytes: opened.bytes,
    width: file.width,
    height: file.height,
    alt: alt ?? row.alt,
    fileName: row.file_name,
    open: () => Readable.toWeb(createReadStream(opened.path)) as ReadableStream<Uint8Array>,
  }
}

/**
 * The last look before a file leaves: its permission may have been shortened since the post was scheduled. Whoever removed one that is
 * needed could not see the answer behind a wall that needs it, so it still leaves with that.
 */
async function usableMedia(tx: Tx, orgId: string, id: string, now: Date): Promise<MediaRow> {
  const row = await findMedia(tx, orgId, id, { removed: true })
  if (row.removed_at !== null && (await usedMedia(tx, orgId, [id])).size === 0) throw notFound('media')
  if (row.rights_until !== null && (await endedOn(tx, orgId, [id], now)).length > 0)
    throw new Refusal('media.rights-ended')
  return row
}

/** What cannot be sent at all is told to the author like a refusal by the network. */
function asRejected(error: unknown): unknown {
  return error instanceof Refusal ? new ConnectorError({ kind: 'rejected', code: error.code, field: 'media' }) : error
}

type Shape = Pick<MediaRow, 'sha256' | 'type' | 'width' | 'height'>

/**
 * Made once for each plan; a file that is not there any more is made again. An original that would fit is rewritten all the
 * same: it may carry where and by whom it was taken, which is nobody's business.
 */
async function renditionOf(
  services: Deps,
  row: MediaRow,
  planOf: (facts: Awaited<ReturnType<typeof probeImage>>) => RenditionPlan,
): Promise<Shape> {
  const dir = mediaFolder(services.config)
  const original = await openFile(dir, row.sha256)
  const plan = planOf(await probeImage(original.path))
  const planHash = sha256Hex(canonicalJson(plan)).slice(0, 32)
  const known = await inOrg(services.db, row.org_id, (tx) =>
    tx
      .selectFrom('renditions')
      .selectAll()
      .where('org_id', '=', row.org_id)
      .where('media_id', '=', row.id)
      .where('plan_hash', '=', planHash)
      .executeTakeFirst(),
  )
  if (
    known &&
    (await openFile(dir, known.sha256).then(
      () => true,
      () => false,
    ))
  )
    return known
  const { temporary, ...made } = await makeRendition(original.path, plan, { dir })
  await keepContent(services, row.org_id, { temporary, ...made }, (tx) =>
    tx
      .insertInto('renditions')
      .values({ org_id: row.org_id, media_id: row.id, plan_hash: planHash, ...made })
      .onConflict((conflict) => conflict.columns(['org_id', 'media_id', 'plan_hash']).doUpdateSet(made))
      .execute(),
  )
  return made
}
