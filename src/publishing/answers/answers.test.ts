// Answers against a real database and a real HTTP network that breaks on demand: never twice, never lost, no word of them gone.

import { describe, expect, test } from 'vitest'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { closeAfter, closeBefore, rateLimited, status } from '../../connectors/testing/faults.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import {
  account,
  caller,
  database,
  faults,
  freshWords,
  hurry,
  moveClock,
  network,
  posting,
  services,
  there,
  useGround,
  work,
} from '../delivery/ground.testing.ts'
import { leaseMs } from '../delivery/rules.ts'
import { previewHold } from '../holds/begin-hold.ts'
import { begin, end } from '../holds/ground.testing.ts'
import { readHold } from '../holds/read-holds.ts'
import { unparkPosts } from '../unpark.ts'
import { approveAnswer, discardAnswer, resolveAnswer, retryAnswer } from './change-answer.ts'
import { anAnswer, answering, somebodyAsks, standingOf, untilAnswer, verb } from './ground.testing.ts'
import { answersOfConversations } from './read-answers.ts'

useGround()

const now = () => services.clock()
const refusedBy = (code: string) => status(422, { body: JSON.stringify({ error: code, field: 'text' }) })

const toldOf = (conversationId: string) =>
  asSystem(database.db, async (tx) => {
    const rows = await tx
      .selectFrom('events')
      .select(['verb', 'subject_kind'])
      .where('subject_id', '=', conversationId)
      .orderBy('seq')
      .execute()
    expect(new Set(rows.map((row) => row.subject_kind))).toEqual(new Set(['conversation']))
    return rows.map((row) => row.verb)
  })

describe('an answer', () => {
  test('goes out once, under what it answers, and says where it lives', async () => {
    const { answerId, text, asked, conversationId, state } = await anAnswer()
    expect(state).toBe('scheduled')
    work()
    await untilAnswer(answerId, 'published')
    const [sent, ...more] = there(text)
    expect(more).toEqual([])
    expect(sent).toMatchObject({ replyTo: asked.id, comment: false })
    expect(await standingOf(answerId)).toMatchObject({
      ...{ text, words: 'Sent', remoteId: sent!.id, reason: null, wakeAt: null, may: [], conversationId },
    })
    expect(await toldOf(conversationId)).toEqual(['answer.planned', 'answer.published'])
  })

  test('to a direct message is one', async () => {
    const handle = `quiet${newId().slice(-6)}`
    network.createAccount(handle)
    const ours = await asSystem(database.db, (tx) =>
      tx.selectFrom('accounts').select('handle').where('id', '=', account).executeTakeFirstOrThrow(),
    )
    const { id } = network.say(handle, freshWords('In private'), { to: ours.handle.slice(1) })
    const previous = { id, url: '', proof: { to: handle } }
    const { answerId, text } = await anAnswer({ kind: 'message', root: null, previous })
    work()
    await untilAnswer(answerId, 'published')
    expect(there(text)).toMatchObject([{ to: handle, replyTo: id }])
  })

  test('that is asked for twice is planned once', async () => {
    const [id, previous, conversationId] = [newId(), somebodyAsks(), newId()]
    const same = { id, previous, conversationId, text: freshWords('Once') }
    const [one, other] = await Promise.all([anAnswer(same), anAnswer(same)])
    expect(other.variantId).toBe(one.variantId)
    expect(one.events.length + other.events.length).toBe(1)
    work()
    await untilAnswer(id, 'published')
    expect((await anAnswer(same)).state).toBe('published')
    expect(there(same.text)).toHaveLength(1)
    await expect(anAnswer({ ...same, conversationId: newId() })).rejects.toMatchObject({ code: 'id-taken' })
  })

  test('of many is taken by one of two workers only, whatever gets lost', async () => {
    const previous = somebodyAsks()
    const planned = await Promise.all(Array.from({ length: 40 }, () => anAnswer({ previous })))
    for (const fault of [closeAfter, closeBefore, closeAfter, rateLimited(1), closeBefore, status(503)])
      faults.inject(fault, { match: posting })
    work()
    work()
    await expect
      .poll(
        async () => {
          await hurry()
          const standings = await Promise.all(planned.map(({ answerId }) => standingOf(answerId)))
          return standings.filter(({ state }) => state !== 'published').length
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe(0)
    for (const { text } of planned) expect(there(text)).toHaveLength(1)
    expect(network.posts().filter((post) => post.replyTo === previous.id)).toHaveLength(planned.length)
  })
})

describe('what the network would refuse', () => {
  test('is refused before, by the field of the form, and nothing is planned', async () => {
    const conversationId = newId()
    const tooLong = anAnswer({ conversationId, text: 'x'.repeat(5_000) })
    await expect(tooLong).rejects.toMatchObject({ code: 'text.too-long', field: 'text' })
    await expect(anAnswer({ conversationId, text: ' ' })).rejects.toMatchObject({ code: 'post.empty', field: 'text' })
    await expect(anAnswer({ conversationId, accountId: newId() })).rejects.toMatchObject({ field: 'accountId' })
    const standings = await inOrg(services.db, caller.orgId, (tx) =>
      answersOfConversations(tx, caller.orgId, [conversationId]),
    )
    expect(standings.size).toBe(0)
  })

  test('and did refuse keeps its words until a person decides: other words go out as a write of their own', async () => {
    faults.inject(refusedBy('forbidden-word'), { match: posting })
    const { answerId, text, conversationId } = await anAnswer()
    work()
    await untilAnswer(answerId, 'rejected')
    expect(await standingOf(answerId)).toMatchObject({
      ...{ text, words: 'Not accepted by the network', may: ['retry', 'discard'] },
      reason: { code: 'forbidden-word', field: 'text' },
    })
    const better = freshWords('In better words')
    await expect(
      verb((tx) => retryAnswer(tx, caller, { answerId, text: 'x'.repeat(5_000), now: now() })),
    ).rejects.toMatchObject({ field: 'text' })
    expect(await standingOf(answerId)).toMatchObject({ text, state: 'rejected' })
    await verb((tx) => retryAnswer(tx, caller, { answerId, text: better, now: now() }))
    await untilAnswer(answerId, 'published')
    expect([there(text).length, there(better).length]).toEqual([0, 1])
    expect(await toldOf(conversationId)).toEqual([
      ...['answer.planned', 'answer.failed', 'answer.retried', 'answer.published'],
    ])
  })

  test('and is discarded never goes out, with its words on record', async () => {
    faults.inject(refusedBy('forbidden-word'), { match: posting })
    const { answerId, text } = await anAnswer()
    work()
    await untilAnswer(answerId, 'rejected')
    await verb((tx) => discardAnswer(tx, caller, { answerId, now: now() }))
    expect(await standingOf(answerId)).toMatchObject({ text, state: 'cancelled', words: 'Discarded', may: ['retry'] })
    await expect(verb((tx) => discardAnswer(tx, caller, { answerId, now: now() }))).rejects.toMatchObject({
      code: 'nothing-to-discard',
    })
    expect(there(text)).toEqual([])
  })
})

describe('a lost answer', () => {
  test('is looked up and found: nothing is sent again', async () => {
    faults.inject(closeAfter, { match: posting })
    const { answerId, text } = await anAnswer()
    work()
    await untilAnswer(answerId, 'looking-up', 'published')
    await expect(verb((tx) => discardAnswer(tx, caller, { answerId, now: now() }))).rejects.toThrow()
    await hurry()
    await untilAnswer(answerId, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('that is not there is sent again under its key', async () => {
    faults.inject(closeBefore, { match: posting })
    const { answerId, text } = await anAnswer()
    work()
    await untilAnswer(answerId, 'looking-up')
    await hurry()
    await untilAnswer(answerId, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('of a worker that died between permission and write is looked up by another one', async () => {
    const [armed, died] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()]
    died.promise.catch(() => {})
    const { answerId, text } = await anAnswer()
    work(
      answering({
        submit() {
          armed.resolve()
          return died.promise
        },
      }),
    )
    await armed.promise
    moveClock(leaseMs + 1_000)
    work()
    await untilAnswer(answerId, 'looking-up', 'published')
    await hurry()
    await untilAnswer(answerId, 'published')
    died.reject(new Error('gone'))
    expect(there(text)).toHaveLength(1)
  })

  test.each([
    ['send', 'published', 1],
    ['forget', 'cancelled', 0],
  ] as const)('that nobody can look up is a question to a person: %s', async (decision, state, count) => {
    faults.inject(closeBefore, { match: posting })
    const { answerId, text } = await anAnswer()
    const fake = createFakeConnector({ idempotent: false, searchable: false })
    work(fake)
    await untilAnswer(answerId, 'looking-up')
    await hurry()
    await untilAnswer(answerId, 'unconfirmed')
    expect((await standingOf(answerId)).may).toEqual(['resolve'])
    await verb((tx) => resolveAnswer(tx, caller, { answerId, decision, now: now() }))
    await untilAnswer(answerId, state)
    expect(there(text)).toHaveLength(count)
  })

  test('that a person found is sent', async () => {
    faults.inject(closeAfter, { match: posting })
    const { answerId, text } = await anAnswer()
    work(createFakeConnector({ idempotent: false, searchable: false }))
    await untilAnswer(answerId, 'looking-up')
    await hurry()
    await untilAnswer(answerId, 'unconfirmed')
    const found = { answerId, decision: 'published', url: `${network.url}/there`, now: now() } as const
    await verb((tx) => resolveAnswer(tx, caller, found))
    expect(await standingOf(answerId)).toMatchObject({ state: 'published', remoteUrl: found.url, reason: null })
    expect(there(text)).toHaveLength(1)
  })
})

describe('an account', () => {
  test('that is asked to rest lets its answers wait, and they can be discarded meanwhile', async () => {
    faults.inject(rateLimited(120), { match: posting })
    const { answerId, text } = await anAnswer()
    work()
    await expect
      .poll(async () => (await standingOf(answerId)).reason, { timeout: 10_000 })
      .toMatchObject({ kind: 'rate-limited' })
    const other = await anAnswer()
    await expect
      .poll(async () => (await standingOf(other.answerId)).reason, { timeout: 10_000 })
      .toMatchObject({ code: 'rate-limited' })
    await verb((tx) => discardAnswer(tx, caller, { answerId, now: now() }))
    await hurry()
    await untilAnswer(other.answerId, 'published')
    expect([there(text).length, there(other.text).length]).toEqual([0, 1])
  })

  test('whose token is over renews it on the way', async () => {
    network.expireTokens()
    const { answerId, text } = await anAnswer()
    work()
    await untilAnswer(answerId, 'published')
    expect(there(text)).toHaveLength(1)
  })

  test('that is lost parks its answers; soon after it is back they go out, later a person is asked', async () => {
    const setAccount = (state: string) =>
      asSystem(database.db, (tx) => tx.updateTable('accounts').set({ state }).where('id', '=', account).execute())
    await setAccount('needs-reconnect')
    const soon = await anAnswer()
    work()
    await untilAnswer(soon.answerId, 'parked')
    await setAccount('connected')
    await unparkPosts(services)
    await untilAnswer(soon.answerId, 'published')
    await setAccount('needs-reconnect')
    const late = await anAnswer()
    await untilAnswer(late.answerId, 'parked')
    moveClock(3_600_000)
    await setAccount('connected')
    await unparkPosts(services)
    expect(await standingOf(late.answerId)).toMatchObject({ state: 'held', may: ['retry', 'discard'] })
    await verb((tx) => retryAnswer(tx, caller, { answerId: late.answerId, now: now() }))
    await untilAnswer(late.answerId, 'published')
    expect(await toldOf(late.conversationId)).toEqual([
      ...['answer.planned', 'answer.parked', 'answer.resumed', 'answer.retried', 'answer.published'],
    ])
  })
})

describe('a hold', () => {
  test('binds answers of its account without showing one of them, and leaves the decision to a person', async () => {
    const before = await anAnswer()
    const scope = { scope: 'account', scopeId: account } as const
    expect(await previewHold(services, caller, scope)).toMatchObject({ count: 0, next: [] })
    const { hold } = await begin(scope)
    const after = await anAnswer()
    expect([(await standingOf(before.answerId)).state, after.state]).toEqual(['held', 'held'])
    expect((await standingOf(after.answerId)).reason).toMatchObject({ code: 'held', holdId: hold.id })
    expect(await readHold(services, caller, { id: hold.id })).toMatchObject({ stopped: 0, holding: 0 })
    work()
    const retry = (answerId: string) => verb((tx) => retryAnswer(tx, caller, { answerId, now: now() }))
    await expect(retry(after.answerId)).rejects.toMatchObject({ code: 'under-hold' })
    expect(await end(hold.id, 'send')).toMatchObject({ missed: 0, holding: 0 })
    expect((await standingOf(after.answerId)).reason).toMatchObject({ code: 'missed-while-on-hold' })
    await retry(after.answerId)
    await untilAnswer(after.answerId, 'published')
    expect([there(before.text).length, there(after.text).length]).toEqual([0, 1])
    expect(await toldOf(before.conversationId)).toEqual(['answer.planned', 'answer.held', 'answer.held'])
  })

  test('of a department binds its answers alone', async () => {
    const departmentId = newId()
    await asSystem(database.db, (tx) =>
      tx.insertInto('departments').values({ org_id: caller.orgId, id: departmentId, name: 'Service' }).execute(),
    )
    const { hold } = await begin({ scope: 'department', scopeId: departmentId })
    const [bound, free] = [await anAnswer({ departmentId }), await anAnswer()]
    expect([bound.state, free.state]).toEqual(['held', 'scheduled'])
    work()
    await untilAnswer(free.answerId, 'published')
    await end(hold.id)
    expect(there(bound.text)).toEqual([])
  })
})

describe('consent', () => {
  test('is asked for exactly these words: without it nothing goes out, and other words need it again', async () => {
    const { answerId, text, state } = await anAnswer({ needsApproval: true })
    expect(state).toBe('in-review')
    work()
    await hurry()
    const approve = (revision: number) => verb((tx) => approveAnswer(tx, caller, { answerId, revision, now: now() }))
    await expect(approve(2)).rejects.toMatchObject({ code: 'edited-elsewhere' })
    expect(there(text)).toEqual([])
    await verb((tx) => discardAnswer(tx, caller, { answerId, reason: 'Too short', now: now() }))
    const better = freshWords('With a greeting')
    const retried = await verb((tx) => retryAnswer(tx, caller, { answerId, text: better, now: now() }))
    expect(retried.state).toBe('in-review')
    await expect(approve(1)).rejects.toMatchObject({ code: 'edited-elsewhere', params: { revision: 2 } })
    await approve(2)
    await untilAnswer(answerId, 'published')
    expect([there(text).length, there(better).length]).toEqual([0, 1])
  })
})
