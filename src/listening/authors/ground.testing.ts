// The ground of tests about people who speak: an app whose clock is moved by hand, one reader of a network, and what it brings.

import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import type { Heard, StreamBatch, StreamEvent } from '../../connectors/listen.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { mentionId } from '../mentions/identity.ts'
import { heardOf } from '../mentions/test-mentions.ts'
import { keepCatalogue } from '../pipeline/catalogue.ts'
import { keepBatch } from '../pipeline/keep-batch.ts'
import { claimReaders, type Lease } from '../pipeline/leases.ts'
import { understand } from '../pipeline/understand.ts'
import { insertSource, readerFor, wakeReader } from '../sources/store.ts'
import { scoreAuthors } from './score.ts'

export let app: TestApp
export let owner: TestSession
let lease: Lease
const start = new Date('2026-11-29T12:00:00Z')
export const now = new Date(start)
export const later = (ms: number) => void now.setTime(now.getTime() + ms)
export const day = 86_400_000

/** A network that names people by an id alone, and one reader of it. */
export const network = 'bluesky'
/** Call it at the top of a test file: processes that run several files evaluate this one once. */
export function useGround(): void {
  beforeAll(async () => {
    app = await testApp({ clock: () => new Date(now) })
    owner = await app.as('owner')
    await owner.call('POST', '/orgs/{org}/topics', { name: 'Kettles', kind: 'product', query: 'kettle*' })
    await owner.call('POST', '/orgs/{org}/topics', { name: 'Lids', kind: 'product', query: 'lid' })
  })
  afterAll(() => app?.close())

  beforeEach(async () => {
    now.setTime(start.getTime())
    await clear()
    await asSystem(app.services.db, async (tx) => {
      const wish = { connector: network, kind: 'jetstream', settings: { run: newId() }, only: null }
      const readerId = await readerFor(tx, wish, now)
      await insertSource(tx, app.ours, {
        ...{ name: newId(), keepsAll: false, costPerThousand: null, currency: null, accountId: null, readerId },
        ...{ connector: network, kind: 'jetstream', settings: {}, at: new Date(now), by: owner.memberId },
      })
      await wakeReader(tx, readerId, now)
      const [claimed] = (await claimReaders(tx, now, 100)).filter((each) => each.readerId === readerId)
      lease = claimed!
    })
  })
}

export const said = (id: string, text: string, more: Partial<Heard> = {}): Heard =>
  heardOf({
    id,
    text,
    at: new Date(now.getTime() - 60_000),
    author: { id: 'did:plc:ann', handle: null, name: null, url: null, followers: null },
    ...more,
  })

export async function bring(...events: StreamEvent[]) {
  const catalogue = keepCatalogue(app.services.db)
  await catalogue.refresh()
  const batch: StreamBatch = { events, cursor: newId(), reachedAt: null, gaps: [], unreadable: 0, cut: 0, bytes: 0 }
  const circumstances = { network, readerId: lease.readerId, heardAt: new Date(now), ownPosts: async () => new Map() }
  return keepBatch(app.services.db, lease, await understand(catalogue.current, batch, circumstances), now)
}
export const hear = (...heard: Heard[]) => bring(...heard.map((each): StreamEvent => ({ type: 'heard', heard: each })))
export const mentions = async (query = '') => (await owner.call('GET', `/orgs/{org}/mentions${query}`)).body.items
export const people = async () => (await owner.call('GET', '/orgs/{org}/listening/people')).body.items
export const annId = mentionId(network, 'did:plc:ann')
export const as = (name: string) => ({ id: `did:plc:${name}`, handle: null, name: null, url: null, followers: null })
export const counted = () =>
  inOrg(app.services.db, app.ours, (tx) =>
    tx
      .selectFrom('topic_days')
      .select(['topic', 'total', 'negative'])
      .where('total', '<>', 0)
      .orderBy('topic')
      .execute(),
  )
const clear = () =>
  asSystem(app.services.db, async (tx) => {
    for (const table of [
      'mentions',
      'topic_mentions',
      'topic_days',
      'authors',
      'heard_authors',
      'reader_samples',
    ] as const)
      await tx.deleteFrom(table).execute()
  })

/** Of somebody, what a reader keeps so that queries can be tried. */
export const samplesOf = (authorId: string) =>
  asSystem(app.services.db, (tx) =>
    tx.selectFrom('reader_samples').select('id').where('author_id', '=', authorId).execute(),
  )

/** Ann speaks often and is answered; four others speak; one speaks once. Answers how many have scores. */
export async function manySpeak() {
  const steady = Array.from({ length: 12 }, (_, index) =>
    said(`s${index}`, 'I love this kettle, wonderful', { at: new Date(now.getTime() - (index + 2) * day) }),
  )
  const others = ['bo', 'cy', 'di', 'ed'].flatMap((name) =>
    Array.from({ length: 3 }, (_, index) =>
      said(`${name}${index}`, 'A kettle', {
        author: as(name),
        at: new Date(now.getTime() - (index + 1) * day),
        replyTo: `s${index}`,
      }),
    ),
  )
  await hear(...steady, ...others, said('once', 'Kettle!', { author: as('lucky') }))
  return scoreAuthors(app.services, app.ours)
}
