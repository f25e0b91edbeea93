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
import { discardAnswer, resolveAnswer, retryAnswer } from './change-answer.ts'
import {
  aConversation,
  anAnswer,
  answering,
  somebodyAsks,
  standingOf,
  toldOf,
  untilAnswer,
  verb,
} from './ground.testing.ts'
import { answersOfConversations } from './read-answers.ts'

useGround()

const now = () => services.clock()
const refusedBy = (code: string) => status(422, { body: JSON.stringify({ error: code, field: 'text' }) })

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
      ...{ text, words: 'Sent', remoteId: sent!.id, reason: null, wakeAt: null, may: ['withdraw'], conversationId },
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
    const [id, previous, conversationId] = [newId(), somebodyAsks(), await aConversation()]
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
