// Answers that wait: for their account, for the end of a hold, for consent. None goes out before, and none without a person who still means it.

import { describe, expect, test } from 'vitest'
import { rateLimited } from '../../connectors/testing/faults.ts'
import { asSystem } from '../../db/tx.ts'
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
import { previewHold } from '../holds/begin-hold.ts'
import { begin, end } from '../holds/ground.testing.ts'
import { readHold } from '../holds/read-holds.ts'
import { unparkPosts } from '../unpark.ts'
import { approveAnswer, discardAnswer, retryAnswer } from './change-answer.ts'
import { anAnswer, standingOf, toldOf, untilAnswer, verb } from './ground.testing.ts'

useGround()

const now = () => services.clock()

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
