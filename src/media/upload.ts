// Takes a file in: stored once by its content, looked at before anybody can use it, and refused without a trace.

import type { Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { cleanName } from './actions.ts'
import { keepContent, mediaFolder } from './content.ts'
import { receiveUpload } from './files.ts'
import { lookAt, probeImage } from './image.ts'
import { mustBeFolder } from './library/folders.ts'
import { type MediaKind, mediaKinds } from './rules.ts'
import { probeVideo } from './video.ts'
import { type MediaRow, type MediaShown, shown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config'>
type Facts = Pick<MediaRow, 'width' | 'height' | 'seconds' | 'look'>

/** A file of a form, or what comes from an address. */
export interface Incoming {
  name: string
  stream(): ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>
}

export interface Upload {
  file: Incoming
  alt: string
  folderId?: string
  /** For an answer there: it is seen by whoever sees the conversation. Absent: it is for the library. */
  conversationId?: string
  /** Where a file of this content is there already: another entry, or that one. */
  ifKnown?: 'add' | 'take'
  /** Others are refused. Absent: whatever the library keeps. */
  kinds?: readonly MediaKind[]
}

/** The largest files that are taken, whichever way they come. */
export const maxBytes: Record<MediaKind, number> = { image: 30_000_000, video: 100_000_000, document: 50_000_000 }

/** Stores the content once, whatever it is called; the picture is looked at before anybody can use it. */
export async function uploadMedia(
  services: Deps,
  caller: Caller,
  given: Upload,
): Promise<MediaShown & { known: boolean }> {
  const { received, facts } = await receive(services, given)
  return keepContent(services, caller.orgId, received, async (tx) => {
    // Whoever sends the same content at this moment waits for this transaction.
    const conversationId = given.conversationId ?? null
    const there = given.ifKnown === 'take' && (await firstOf(tx, caller.orgId, received.sha256, conversationId))
    if (there) return { ...shown(there), known: true }
    if (conversationId) await mustBeConversation(tx, caller.orgId, conversationId)
    if (given.folderId) await mustBeFolder(tx, caller.orgId, given.folderId)
    const [id, now] = [newId(), services.clock()]
    const row = await tx
      .insertInto('media')
      .values({
        org_id: caller.orgId,
        id,
        sha256: received.sha256,
        file_name: cleanName(given.file.name) || `file.${received.extension}`,
        kind: received.kind,
        type: received.type,
        bytes: received.bytes,
        ...facts,
        looked_at: now,
        alt: given.alt,
        ...{ folder_id: given.folderId ?? null, conversation_id: conversationId },
        created_at: now,
        created_by: caller.memberId,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'media.uploaded',
      subject: { kind: 'media', id },
      facts: { type: received.type, bytes: received.bytes, sha256: received.sha256 },
    })
    return { ...shown(row), known: false }
  })
}

/** The oldest file of this content that is for everybody, or for the same conversation. */
const firstOf = (tx: Tx, orgId: string, sha256: string, conversationId: string | null): Promise<MediaRow | undefined> =>
  tx
    .selectFrom('media')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('sha256', '=', sha256)
    .where('removed_at', 'is', null)
    .where(({ eb, or }) =>
      or([
        eb('conversation_id', 'is', null),
        ...(conversationId === null ? [] : [eb('conversation_id', '=', conversationId)]),
      ]),
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** Seen by whoever asks, and there until the transaction ends. Conversations belong to the inbox, which is asked in SQL: it may not be called from here. */
async function mustBeConversation(tx: Tx, orgId: string, id: string): Promise<void> {
  const found = await tx
    .selectFrom('conversations')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!found) throw new Refusal('conversation-not-found', { field: 'conversationId' })
}

/** Looked at while it still has no name: what cannot be used leaves no file behind. */
async function receive({ config }: Pick<Services, 'config'>, { file, kinds = mediaKinds }: Upload) {
  let facts = nothingKnown
  const received = await receiveUpload(file.stream(), {
    dir: mediaFolder(config),
    maxBytes: maxBytes.video,
    kinds,
    async inspect(path, { kind, bytes }) {
      const max = maxBytes[kind]
      if (bytes > max) throw new Refusal('media.too-large', { status: 413, field: 'file', params: { max } })
      facts = await lookInto[kind](path)
    },
  })
  return { received, facts }
}

const nothingKnown: Facts = { width: null, height: null, seconds: null, look: null }

/** What is told at once of each kind. Documents are not opened: whoever reads them has a program for it. */
const lookInto: Record<MediaKind, (path: string) => Promise<Facts>> = {
  async image(path) {
    const { width, height } = await probeImage(path)
    return { width, height, seconds: null, look: await lookAt(path, width * height) }
  },
  video: async (path) => ({ ...(await probeVideo(path)), look: null }),
  document: async () => nothingKnown,
}
