// The tests that every inbox passes: `inboxSuite(name, setUp)` joins one in a few lines.

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ErrorKind, Json, RemoteRef } from '../contract.ts'
import type { Inbox, ModerationAction, SaidKind } from '../converse.ts'
import { ConnectorError } from '../errors.ts'
import * as faults from './faults.ts'
import { type InboxUnderTest, inboxSession, prepareAnswer, Reader } from './inbox-reader.ts'
import { accountOf } from './session.ts'
import { takesOver } from './take-over-case.ts'
import { mark } from './world.ts'

interface SuiteOptions {
  /** More than fit into one page. */
  many?: number
  kind?: SaidKind
  kinds?: Partial<Record<401 | 429 | 500, ErrorKind>>
  /** The network lists the newest first, page by page. */
  newestFirst?: true
  /** Messages follow each other, and none answers another one. */
  flat?: true
  /** Actions that need somebody else's right, or that are tried by themselves. */
  notTried?: ModerationAction[]
}

export function inboxSuite(name: string, setUp: () => Promise<InboxUnderTest>, options: SuiteOptions = {}): void {
  describe(`${name} converses as the contract says`, () => {
    const stage = {} as Stage
    beforeAll(async () => {
      stage.network = await setUp()
      stage.inbox = stage.network.connector.inbox!
    }, 180_000)
    beforeEach(() => stage.network.faults?.reset())
    afterAll(() => stage.network?.stop())

    const timeout = 120_000
    test('what was said before connecting is there', { timeout }, async () => {
      const id = await stage.network.say(`${mark()} before`)
      await new Reader(stage).reads(id)
    })
    test('what is said comes whole, storable and placed', { timeout }, () => comesWhole(stage, options))
    test('many are told once each, none missed, from cursors that are JSON', { timeout }, () =>
      comeOnce(stage, options),
    )
    test('what is said while it is read is not missed', { timeout }, () => whileReading(stage))
    test('a lost answer costs nothing', { timeout }, () => lostAnswer(stage))
    test('edits and deletions are followed', { timeout }, () => changes(stage))
    test('what the account says elsewhere is its own', { timeout }, () => elsewhere(stage))
    test('an answer stands in the thread, once, whatever happens', { timeout }, () => answers(stage, options))
    test('an answer that never arrived is proved absent, and can be sent', { timeout }, () => neverArrived(stage))
    test('the thread is read as it stands', { timeout }, () => wholeThread(stage))
    test('what was heard elsewhere is taken over as its own inbox tells it, and answered', { timeout }, () =>
      takesOver(stage.network),
    )
    test('what is offered against a message works, twice', { timeout }, () => moderates(stage, options))
    for (const [status, usual] of Object.entries(statuses)) {
      const code = Number(status) as keyof typeof statuses
      const kind = options.kinds?.[code] ?? usual
      test(`${status} is ${kind}`, { timeout }, () => refused(stage, code, kind))
    }
  })
}

const statuses = { 401: 'auth-expired', 429: 'rate-limited', 500: 'unavailable' } as const

interface Stage {
  network: InboxUnderTest
  inbox: Inbox
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

async function comesWhole({ network }: Stage, options: SuiteOptions): Promise<void> {
  const reader = await new Reader({ network }).drain()
  const word = mark()
  const id = await network.say(`${word} Ünï\u0000cödé \ud83d 🎉 & <b>`)
  const said = await reader.reads(id)
  expect(said.text).toContain(word)
  expect(said.text).toContain('🎉 &')
  expect(said.isOurs).toBe(false)
  expect(said.author?.id).toBeTruthy()
  expect(said.at.getTime()).toBeGreaterThan(Date.now() - 120_000)
  if (options.kind) expect(said.kind).toBe(options.kind)
  const answer = await network.say(`${word} more`, { answers: said })
  const further = await reader.reads(answer)
  expect([further.thread, further.replyTo]).toEqual([said.thread, options.flat ? null : said.id])
}

async function comeOnce({ network }: Stage, { many = 120, newestFirst }: SuiteOptions): Promise<void> {
  const reader = await new Reader({ network }).drain()
  const ids: string[] = []
  for (let count = 0; count < many; count += 10) {
    ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, at) => network.say(`${mark()} ${count + at}`)))))
  }
  await reader.until(() => ids.every((id) => reader.find(id)), 'some were never told')
  await reader.drain()
  expect(ids.filter((id) => reader.told(id) !== 1)).toEqual([])
  expect(reader.batches.flatMap(({ gaps }) => gaps)).toEqual([])
  if (!newestFirst) {
    const times = reader.events.flatMap((event) =>
      event.type === 'said' && ids.includes(event.said.id) ? [+event.said.at] : [],
    )
    // A network tells seconds, or notes at once what was said at once.
    expect(times.every((time, at) => at === 0 || time >= times[at - 1]! - 2_000)).toBe(true)
  }
  // Somebody else who begins now finds all of it too.
  const other = new Reader({ network })
  await other.until(() => ids.every((id) => other.find(id)), 'a first reading misses some')
}

async function whileReading({ network }: Stage): Promise<void> {
  const reader = await new Reader({ network }).drain()
  const ids: string[] = []
  for (let turn = 0; turn < 15; turn++) {
    const [id] = await Promise.all([network.say(`${mark()} turn ${turn}`), reader.pull()])
    ids.push(id)
  }
  await reader.until(() => ids.every((id) => reader.find(id)), 'some were never told')
  expect(ids.filter((id) => reader.told(id) !== 1)).toEqual([])
}

async function lostAnswer({ network }: Stage): Promise<void> {
  if (!network.faults) return
  const reader = await new Reader({ network }).drain()
  const ids = [await network.say(`${mark()} one`), await network.say(`${mark()} two`)]
  for (const fault of [faults.closeAfter, faults.truncate, faults.htmlPage()]) {
    network.faults.inject(fault)
    await expect(reader.pull()).rejects.toBeInstanceOf(ConnectorError)
    network.faults.reset()
  }
  await reader.until(() => ids.every((id) => reader.find(id)), 'some were lost with the answer')
  expect(ids.map((id) => reader.told(id))).toEqual([1, 1])
}

async function changes({ network }: Stage): Promise<void> {
  const reader = await new Reader({ network }).drain()
  const [kept, gone] = [await network.say(`${mark()} first words`), await network.say(`${mark()} to be removed`)]
  await reader.reads(kept)
  await reader.reads(gone)
  if (network.edit) {
    const word = mark()
    await network.edit(kept, `${word} other words`)
    await reader.until(() => reader.find(kept)!.text.includes(word), 'the edit was not told')
    expect(reader.told(kept)).toBe(1)
  }
  if (!network.remove) return
  await network.remove(gone)
  const removed = () => reader.events.some((event) => event.type === 'removed' && event.id === gone)
  await reader.until(removed, 'the deletion was not told')
  expect(reader.events.some((event) => event.type === 'removed' && event.id === kept)).toBe(false)
}

async function elsewhere({ network }: Stage): Promise<void> {
  if (!network.saysElsewhere) return
  const reader = await new Reader({ network }).drain()
  const said = await reader.reads(await network.say(`${mark()} a question`))
  const ours = await reader.reads(await network.saysElsewhere(`${mark()} from the app`, said))
  expect([ours.isOurs, ours.thread, ours.replyTo]).toEqual([true, said.thread, said.id])
}

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

async function answers(stage: Stage, { flat }: SuiteOptions): Promise<void> {
  const { network, inbox } = stage
  const { answer } = inbox
  if (!answer) return
  const reader = await new Reader({ network }).drain()
  const said = await reader.reads(await network.say(`${mark()} how?`))
  expect(answer.limits(accountOf(network.connection.profile), said.kind).text.max).toBeGreaterThan(0)
  const [key, since] = [mark(), new Date()]
  const prepared = await prepareAnswer(network, said, { text: `${key} like this`, key })
  let ref: RemoteRef
  if (network.faults && network.isWrite) {
    network.faults.inject(faults.closeAfter, { match: network.isWrite })
    const lost = await answer.submit(inboxSession(network), prepared, key).catch((error: unknown) => error)
    expect(lost).toMatchObject({ kind: 'unknown' })
  } else await answer.submit(inboxSession(network), prepared, key)
  const found = await findUntil(stage, prepared, { key, since, state: 'published' })
  if (found.state !== 'published') throw new Error(found.state)
  ref = found
  if (
    answer.keyLifetimeFor ? answer.keyLifetimeFor(accountOf(network.connection.profile), prepared) : answer.keyLifetime
  ) {
    expect(await answer.submit(inboxSession(network), prepared, key)).toMatchObject({ state: 'published', id: ref.id })
  }
  if (network.copies) expect(await network.copies(key)).toBe(1)
  await reader.until(() => reader.says(key) !== undefined, 'the answer was not told')
  const expected = { isOurs: true, thread: said.thread, replyTo: flat ? null : said.id, ref: { id: ref.id } }
  expect(reader.says(key)).toMatchObject(expected)
}

async function findUntil(
  { network, inbox }: Stage,
  prepared: Json,
  { key, since, state }: { key: string; since: Date; state: 'published' | 'absent' },
) {
  const { find, settle } = inbox.answer!
  if (!find) throw new Error('answers cannot be looked up')
  for (const end = Date.now() + settle * 1_000 + 20_000; ; await wait(100)) {
    const found = await find(inboxSession(network), prepared, key, since)
    if (found.state === state || Date.now() > end) {
      expect(found.state).toBe(state)
      return found
    }
  }
}

async function neverArrived(stage: Stage): Promise<void> {
  const { network, inbox } = stage
  const { answer } = inbox
  if (!answer || !network.faults || !network.isWrite) return
  const said = await new Reader({ network }).reads(await network.say(`${mark()} hello?`))
  const [key, since] = [mark(), new Date()]
  const prepared = await prepareAnswer(network, said, { text: `${key} here`, key })
  network.faults.inject(faults.closeBefore, { match: network.isWrite })
  await expect(answer.submit(inboxSession(network), prepared, key)).rejects.toMatchObject({ kind: 'unknown' })
  await findUntil(stage, prepared, { key, since, state: 'absent' })
  await answer.submit(inboxSession(network), prepared, key)
  await findUntil(stage, prepared, { key, since, state: 'published' })
  if (network.copies) expect(await network.copies(key)).toBe(1)
}

// ── The rest ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function wholeThread({ network, inbox }: Stage): Promise<void> {
  if (!inbox.thread) return
  const reader = await new Reader({ network }).drain()
  const first = await reader.reads(await network.say(`${mark()} first`))
  const second = await reader.reads(await network.say(`${mark()} second`, { answers: first }))
  const third = await reader.reads(await network.say(`${mark()} third`, { answers: second }))
  const thread = await inbox.thread(inboxSession(network), second.ref)
  const ids = thread.map(({ id }) => id)
  expect(ids.filter((id) => [first.id, second.id, third.id].includes(id))).toEqual([first.id, second.id, third.id])
  expect(new Set(ids).size).toBe(ids.length)
  for (const one of [first, second, third]) {
    const { thread: name, replyTo: answered, text, kind } = thread.find(({ id }) => id === one.id)!
    expect([name, answered, text, kind]).toEqual([one.thread, one.replyTo, one.text, one.kind])
  }
}

async function moderates({ network, inbox }: Stage, { notTried = [] }: SuiteOptions): Promise<void> {
  if (!inbox.moderate) return
  const reader = await new Reader({ network }).drain()
  const said = await reader.reads(await network.say(`${mark()} about this`))
  const offered = inbox.moderate.actions(said.kind).filter((action) => !notTried.includes(action))
  // What takes a message away comes last.
  const last = (action: ModerationAction) => Number(action === 'spam') + 2 * Number(action === 'delete')
  for (const action of offered.toSorted((a, b) => last(a) - last(b))) {
    for (let turn = 0; turn < 2; turn++) await inbox.moderate.act(inboxSession(network), action, said.ref)
  }
  if (inbox.seen) await inbox.seen(inboxSession(network), [said.ref])
}

async function refused({ network }: Stage, code: 401 | 429 | 500, kind: ErrorKind): Promise<void> {
  if (!network.faults) return
  const before = Date.now()
  const fault = code === 429 ? faults.rateLimited(60) : faults.status(code)
  network.faults.inject(fault, { times: Number.POSITIVE_INFINITY })
  const error = await new Reader({ network }).pull().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind })
  if (code === 429) expect((error as ConnectorError).retryAt?.getTime()).toBeGreaterThanOrEqual(before + 59_000)
}
