// Verbs of capturing by hand: which topics it would come under, store it, list, take back.

import { z } from 'zod'
import { author, heard, heardText } from '../../connectors/heard.ts'
import type { Heard } from '../../connectors/listen.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { whileNobodyObjects } from '../authors/objections.ts'
import type { NewMention, StoredMention } from '../mentions/new-mention.ts'
import { takeBackMentions } from '../mentions/take-back.ts'
import { announce } from '../pipeline/announce.ts'
import { keepMentions } from '../pipeline/keep-batch.ts'
import { topicIdsByNumber } from '../topics/store.ts'
import type { captureView } from './contract.ts'
import { ownTopics, topicsOf, understandBrought, withLanguages } from './match.ts'
import {
  type CaptureRow,
  captureRows,
  findCapture,
  insertCaptures,
  oneAtATime,
  sourceOf,
  uncountKept,
} from './store.ts'
import type { CaptureFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof captureView>

export async function matchWords(
  services: Deps,
  { orgId }: Caller,
  { text, title, url }: Pick<CaptureFacts, 'text' | 'title' | 'url'>,
): Promise<{ topicIds: string[] }> {
  const said = heard({ id: 'tried', kind: 'note', at: services.clock(), text, title: title || null, url: url || null })
  const [told] = await withLanguages([said])
  return { topicIds: topicsOf(await ownTopics(services, orgId), told!, 'elsewhere') }
}

/** @throws Refusal for a topic that is not there, for a time to come, and where its author objected. */
export async function addCapture(services: Deps, caller: Caller, facts: CaptureFacts): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  const now = services.clock()
  const [said] = await withLanguages([saidBy(facts, now)])
  const topics = await ownTopics(services, orgId)
  const sourceId = await asSystem(services.db, (tx) => sourceOf(tx, orgId, facts.channel, { at: now, by: memberId }))
  const brought = { orgId, sourceId, channel: facts.channel, heardAt: now }
  const [mention] = await understandBrought(topics, [said!], brought)
  const id = await asSystem(services.db, async (tx) => {
    const chosen = await withChosen(tx, mention!, facts.topicIds)
    const [stored] = await keepBrought(tx, [chosen], now)
    // Of somebody who objected nothing is brought back, and what they said since is stored under another id.
    if (!stored) throw new Refusal('author-objected', { field: 'author' })
    // Sent twice: it is there, and nothing more happens.
    if (!stored.isNew) return stored.id
    const captured = [{ mentionId: stored.id, at: stored.at, note: facts.note }]
    await insertCaptures(tx, orgId, captured, { sourceId, importId: null, at: now, by: memberId })
    await record(tx, orgId, actor, now, {
      verb: 'mention.captured',
      subject: { kind: 'mention', id: stored.id },
      facts: { channel: facts.channel },
    })
    return stored.id
  })
  return readCapture(services, orgId, id)
}

/** A clock that goes a little ahead is no time to come. */
const aheadMs = 5 * 60_000

function saidBy(facts: CaptureFacts, now: Date): Heard {
  const at = facts.at ? new Date(facts.at) : now
  if (at.getTime() > now.getTime() + aheadMs) throw new Refusal('said-in-future', { field: 'at' })
  if (at.getTime() < Date.UTC(1990, 0, 1)) throw new Refusal('said-too-early', { field: 'at' })
  return heard({
    id: `hand:${facts.id}`,
    kind: facts.channel === 'letter' ? 'message' : 'note',
    at,
    text: heardText(facts.text, { cut: 0 }),
    title: facts.title || null,
    url: facts.url || null,
    links: facts.url ? [facts.url] : [],
    author: facts.author ? author(facts.author, { name: facts.author }) : null,
    place: facts.place || null,
  })
}

/** What a person chose goes before what matches. */
async function withChosen(tx: Tx, mention: NewMention, ids: readonly string[] | null): Promise<NewMention> {
  if (ids === null) return mention
  const byNumber = await topicIdsByNumber(tx, mention.orgId)
  const numbers = new Map([...byNumber].map(([number, id]) => [id, number]))
  const topics = ids.map((id) => {
    const number = numbers.get(id)
    if (number === undefined) throw new Refusal('topic-not-there', { field: 'topicIds' })
    return number
  })
  return { ...mention, topics: [...new Set(topics)].sort((a, b) => a - b) }
}

const newsMs = 86_400_000

/** Stored, counted and told as what is heard. What was said long ago is no news: open pages are not told of it. */
export async function keepBrought(tx: Tx, mentions: readonly NewMention[], now: Date): Promise<StoredMention[]> {
  await whileNobodyObjects(tx)
  // What is brought twice at once comes one after the other, and is found.
  if (mentions[0]) await oneAtATime(tx, mentions[0].orgId)
  const stored = await keepMentions(tx, mentions, now)
  await announce(
    tx,
    stored.filter(({ at }) => now.getTime() - at.getTime() < newsMs),
  )
  return stored
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const listCaptures = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { limit, cursor }: { limit: number; cursor?: string },
) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await captureRows(tx, orgId, { limit: limit + 1, after: readCursor(cursor, place) })
    const shown = await views(tx, orgId, rows)
    return pageFrom(
      rows.map((row, index) => ({ row, shown: shown[index]! })),
      limit,
      ({ row }) => [row.captured_at.toISOString(), row.id],
      (each) => each.shown,
    )
  })

const readCapture = ({ db }: Pick<Services, 'db'>, orgId: string, id: string): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const [shown] = await views(tx, orgId, await captureRows(tx, orgId, { limit: 1, after: null, id }))
    if (!shown) throw notFound('capture')
    return shown
  })

async function views(tx: Tx, orgId: string, rows: readonly CaptureRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ captured_by }) => captured_by),
  )
  const topicIds = await topicIdsByNumber(tx, orgId)
  return rows.map((row) => ({
    ...{ id: row.id, channel: row.channel, text: row.body, title: row.title, url: row.url, note: row.note },
    at: row.at.toISOString(),
    author: row.author_name,
    place: row.place,
    topicIds: row.topics.flatMap((number) => topicIds.get(number) ?? []),
    sentiment: row.sentiment,
    importId: row.import_id,
    capturedAt: row.captured_at.toISOString(),
    capturedBy: who(row.captured_by),
  }))
}

/** @throws Refusal `not-found` of what was not captured by hand. */
export const removeCapture = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  asSystem(db, async (tx) => {
    const { orgId, actor } = caller
    const captured = await findCapture(tx, orgId, id)
    if (!captured) throw notFound('capture')
    const removed = await takeBackMentions(tx, orgId, [id])
    await uncountKept(tx, orgId, captured.source_id, captured.captured_at, removed)
    await record(tx, orgId, actor, clock(), { verb: 'capture.taken-back', subject: { kind: 'mention', id }, facts: {} })
  })
