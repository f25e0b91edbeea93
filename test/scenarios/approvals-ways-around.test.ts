// Ways around consent, and each of them closed: another time, another department, a token, a rule that cannot be read, silence.

import { beforeAll, describe, expect, test } from 'vitest'
import { inOrg } from '../../src/db/tx.ts'
import { hourMs, inHours, leaveClean, minuteMs, type Stage, setStage } from './approvals-world.ts'
import { newPost, type Person, refusal, textOf } from './world.ts'

let stage: Stage
let approver: Person
let manager: Person
beforeAll(async () => {
  stage = await setStage()
  approver = await stage.member('approver')
  manager = await stage.member('manager')
})
leaveClean(() => stage)

const fresh = (words: string) => `${words} ${crypto.randomUUID()}`
const named = (...people: Person[]) => people.map(({ memberId }) => ({ kind: 'member', id: memberId }))
const pass = (ms: number) => {
  stage.running.moved.ms += ms
  return stage.minute()
}

describe('a post that was approved and then held', () => {
  const heldOne = async () => {
    await stage.lane()
    const post = await stage.write(fresh('held'))
    await stage.ask(stage.author, post.id, { when: inHours(stage, 5) })
    const { id } = await stage.request(post.id)
    expect((await stage.vote(approver, id)).body.state).toBe('granted')
    const held = await manager.call('POST', `/orgs/{org}/posts/${post.id}/hold`, { reason: 'Not today' })
    expect(held.body.state).toBe('held')
    return post
  }

  test('is not let go by somebody who only asks for another time', async () => {
    const post = await heldOne()
    const release = await stage.author.call('POST', `/orgs/{org}/posts/${post.id}/release`)
    expect(refusal(release)).toEqual([403, 'role-forbids', undefined])
    expect((await stage.ask(stage.author, post.id)).body.state).toBe('in-review')
    expect((await stage.request(post.id)).state).toBe('open')
  })

  test('goes on by whoever may release it, with the consent that it has', async () => {
    const post = await heldOne()
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 6) })).body.state).toBe('scheduled')
  })
})

test('consent is written only to what is still exactly what was shown, whoever changed it and however', async () => {
  await stage.lane()
  const { id: other } = await stage.running.connect(stage.owner)
  const post = await newPost(stage.author, [stage.account, other], textOf(fresh('two')))
  await stage.ask(stage.author, post.id, { when: inHours(stage, 5) })
  const { id } = await stage.request(post.id)
  // Behind the back of every verb: as a fault of ours would do it.
  const change = (account: string) =>
    inOrg(stage.running.app.services.db, stage.owner.orgId, (tx) =>
      tx
        .updateTable('variants')
        .set({ content_hash: 'of other words' })
        .where('post_id', '=', post.id)
        .where('account_id', '=', account)
        .execute(),
    )
  await change(other)
  expect((await stage.vote(approver, id)).body.state).toBe('granted')
  const { variants } = await stage.post(post.id)
  const stateAt = (account: string) => variants.find((each: { accountId: string }) => each.accountId === account).state
  expect([stateAt(stage.account), stateAt(other)]).toEqual(['scheduled', 'in-review'])
  const next = await stage.write(fresh('none'))
  await stage.ask(stage.author, next.id, { when: inHours(stage, 5) })
  const asked = await stage.request(next.id)
  await inOrg(stage.running.app.services.db, stage.owner.orgId, (tx) =>
    tx.updateTable('variants').set({ content_hash: 'of other words' }).where('post_id', '=', next.id).execute(),
  )
  expect(refusal(await stage.vote(approver, asked.id))).toEqual([409, 'request-over', undefined])
})

test('a request is taken back by whoever asked, or who may schedule, and by nobody else', async () => {
  await stage.lane()
  const post = await stage.write(fresh('mine'))
  await stage.ask(stage.author, post.id, { when: inHours(stage, 5) })
  const at = `/orgs/{org}/approvals/${(await stage.request(post.id)).id}/withdraw`
  const other = await stage.member('contributor')
  expect(refusal(await other.call('POST', at))).toEqual([403, 'not-your-request', undefined])
  expect((await stage.author.call('POST', at)).body.state).toBe('withdrawn')
})

test('nobody takes a post out of its lane to send it without those who were asked', async () => {
  const department = (await stage.owner.call('POST', '/orgs/{org}/departments', { name: fresh('Investors') })).body.id
  const steps = [{ approvers: named(approver, manager), needed: 'all' }]
  await stage.lane({ kind: 'investor', steps, scopes: [{ scope: 'department', id: department }] })
  const asked = async () => {
    const post = await newPost(manager, [stage.account], textOf(fresh('figures')))
    const at = `/orgs/{org}/posts/${post.id}/belonging`
    await stage.author.call('PATCH', at, { departmentId: department })
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 5) })).body.state).toBe('in-review')
    return at
  }
  const taken = await stage.author.call('PATCH', await asked(), { departmentId: null })
  expect(taken.body.state).toBe('in-review')
  expect((await stage.request(taken.body.id)).steps).toMatchObject([{ kind: 'anybody' }])
  // Who may schedule decides where it belongs, and lets it go.
  const moved = await manager.call('PATCH', await asked(), { departmentId: null })
  expect(moved.body.state).toBe('scheduled')
})

test('whoever changed the words through a token of theirs has written them too', async () => {
  await stage.lane({ steps: [{ approvers: named(manager), managerAfter: null }] })
  const made = await manager.call('POST', '/orgs/{org}/tokens', { name: 'A script', scopes: ['posts'] })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const post = await stage.write(fresh('first'))
  const save = (headers: Record<string, string>, revision: number, text: string) =>
    stage.running.call(
      'PATCH',
      `/orgs/${stage.owner.orgId}/posts/${post.id}`,
      { revision, content: textOf(text) },
      headers,
    )
  const scripted = await save({ authorization: `Bearer ${made.body.token}` }, 1, fresh('by a script'))
  expect(scripted.status, JSON.stringify(scripted.body)).toBe(200)
  const words = `${scripted.body.content.segments[0].text}, corrected`
  await stage.author.call('PATCH', `/orgs/{org}/posts/${post.id}`, { revision: 2, content: textOf(words) })
  await stage.ask(stage.author, post.id, { when: inHours(stage, 5) })
  const { id } = await stage.request(post.id)
  expect(refusal(await stage.vote(manager, id))).toEqual([403, 'own-post', undefined])
})

describe('the fast lane', () => {
  const fastLane = (users: Person[]) =>
    stage.lane({
      ...{ kind: 'fast', scopes: [], fast: { minutes: 10, users: named(...users), whenSilent: 'go' } },
      steps: [{ approvers: named(approver) }],
    })

  test('has its time box also when it is chosen for a question that waits already', async () => {
    await stage.lane({ name: 'Slow' })
    const fast = await fastLane([manager])
    const post = await newPost(manager, [stage.account], textOf(fresh('urgent')))
    const when = inHours(stage, 5)
    await stage.ask(manager, post.id, { when })
    expect(await stage.request(post.id)).toMatchObject({ boxEndsAt: null, whenSilent: null })
    await stage.ask(manager, post.id, { when, fastLaneId: fast.id })
    const request = await stage.request(post.id)
    expect(request).toMatchObject({ whenSilent: 'go', steps: [{ kind: 'fast' }] })
    expect(Date.parse(request.boxEndsAt)).toBeGreaterThan(Date.now() + stage.running.moved.ms)
    await pass(11 * minuteMs)
    expect((await stage.request(post.id)).state).toBe('granted')
  })

  test('is not called silent when it answered and others are still asked', async () => {
    const [first, second] = [await stage.member('approver'), await stage.member('approver')]
    await stage.lane({ name: 'Slow too' })
    await stage.lane({ kind: 'investor', steps: [{ approvers: named(first, second), needed: 'all' }] })
    const fast = await fastLane([manager])
    const post = await newPost(manager, [stage.account], textOf(fresh('both')))
    await stage.ask(manager, post.id, { when: inHours(stage, 5), fastLaneId: fast.id })
    const { id } = await stage.request(post.id)
    expect((await stage.vote(approver, id)).body.state).toBe('open')
    await pass(11 * minuteMs)
    expect(await stage.told(manager)).not.toContain('approval-box-over')
    expect((await stage.post(post.id)).variants[0].reason.code).toBe('waits-for-approval')
  })
})

test('a step whose last missing person left is passed within the hour, also where nobody is reminded', async () => {
  const leaver = await stage.member('approver')
  const never = { remindAfter: null, deputyAfter: null, managerAfter: null }
  await stage.lane({ steps: [{ approvers: named(leaver, approver), needed: 'all', ...never }] })
  const post = await stage.write(fresh('left'))
  await stage.ask(stage.author, post.id, { when: inHours(stage, 9) })
  const { id } = await stage.request(post.id)
  expect((await stage.vote(approver, id)).body.state).toBe('open')
  expect((await stage.owner.call('DELETE', `/orgs/{org}/members/${leaver.memberId}`)).status).toBe(200)
  await pass(hourMs + minuteMs)
  expect((await stage.request(post.id)).state).toBe('granted')
})

test('a guardrail that could not be read is refused rather than kept: it would stop all scheduling', async () => {
  const lane = await stage.lane({ scopes: [] })
  const settings = { from: '2026-11-02', to: '2026-11-16', zone: 'Nowhere/Land' }
  const rule = { name: fresh('Quiet'), kind: 'quiet-period', settings, laneId: lane.id }
  expect((await stage.owner.call('POST', '/orgs/{org}/guardrails', rule)).status).toBe(422)
})

test('a quiet period holds for what goes out later than planned, by a release or after a hold', async () => {
  const day = (ahead: number) =>
    new Date(Date.now() + stage.running.moved.ms + ahead * 24 * hourMs).toISOString().slice(0, 10)
  const lane = await stage.lane({ name: 'Quiet', scopes: [] })
  await stage.guardrail({ kind: 'quiet-period', settings: { from: day(2), to: day(9), zone: 'UTC' }, laneId: lane.id })
  const planned = async () => {
    const post = await stage.write(fresh('before the quiet'))
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 5) })).body.state).toBe('scheduled')
    return post
  }
  const [released, missed] = [await planned(), await planned()]
  await manager.call('POST', `/orgs/{org}/posts/${released.id}/hold`, { reason: 'Not today' })
  const begun = await manager.call('POST', '/orgs/{org}/holds', { scope: 'everything', reason: 'A storm' })
  await pass(50 * hourMs)
  const end = `/orgs/{org}/holds/${begun.body.hold.id}/end`
  expect((await manager.call('POST', end, { missed: 'send' })).status).toBe(200)
  await manager.call('POST', `/orgs/{org}/posts/${released.id}/release`)
  for (const { id } of [released, missed]) {
    expect((await stage.post(id)).state).toBe('in-review')
    expect((await stage.request(id)).steps).toMatchObject([{ lane: 'Quiet', reasons: [{ code: 'guardrail' }] }])
  }
})

test('posts that wait for consent keep their places in the queue, and two at once get two places', async () => {
  const { id: account } = await stage.running.connect(stage.owner)
  const slots = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, time: '09:30' }))
  const queue = await stage.owner.call('PATCH', `/orgs/{org}/accounts/${account}`, { slots })
  expect(queue.status, JSON.stringify(queue.body)).toBe(200)
  await stage.lane({ scopes: [{ scope: 'account', id: account }] })
  const intoQueue = async (person: Person) => {
    const post = await newPost(person, [account], textOf(fresh('queued')))
    return (await stage.ask(person, post.id, { when: { kind: 'slot' } })).body
  }
  const first = await intoQueue(stage.author)
  expect(first.state).toBe('in-review')
  const more = await Promise.all([stage.author, manager, stage.author, manager, stage.owner].map(intoQueue))
  expect(new Set([first, ...more].map(({ dueAt }) => dueAt)).size).toBe(6)
})
