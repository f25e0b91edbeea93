// Requests that nobody answers: reminder, deputy, manager, each once; the fast lane and its time box; investor relations.

import { beforeAll, describe, expect, test } from 'vitest'
import { hourMs, inHours, leaveClean, minuteMs, type Stage, setStage } from './approvals-world.ts'
import { newPost, type Person, refusal, textOf, there, untilState } from './world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
leaveClean(() => stage)

const named = (...people: Person[]) => people.map(({ memberId }) => ({ kind: 'member', id: memberId }))
const pass = async (ms: number) => {
  stage.running.moved.ms += ms
  return stage.minute()
}

describe('climbing', () => {
  test('goes reminder, deputy, manager of the department, each rung once, whoever looks and however often', async () => {
    const department = (await stage.owner.call('POST', '/orgs/{org}/departments', { name: crypto.randomUUID() })).body
      .id
    const [approver, deputy] = [await stage.member('approver'), await stage.member('contributor')]
    const [near, far] = [await stage.member('manager', department), await stage.member('manager')]
    await stage.lane({
      steps: [
        { approvers: named(approver), deputies: named(deputy), remindAfter: 60, deputyAfter: 120, managerAfter: 180 },
      ],
    })
    const belonging = { departmentId: department }
    const written = { content: textOf(crypto.randomUUID()), variants: [{ accountId: stage.account }], belonging }
    const post = (await stage.author.call('POST', '/orgs/{org}/posts', written)).body
    await stage.ask(stage.author, post.id, { when: inHours(stage, 20) })
    const { id } = await stage.request(post.id)
    expect(await stage.told(approver)).toEqual(['approval-told'])
    expect(refusal(await stage.vote(deputy, id))).toEqual([403, 'not-asked', undefined])
    await pass(59 * minuteMs)
    expect(await stage.told(approver)).toEqual(['approval-told'])
    await Promise.all([pass(minuteMs), stage.minute(), stage.minute()])
    expect(await stage.told(approver)).toEqual(['approval-told', 'approval-reminded'])
    // The server was away for a long time: everything that was due is made up for, in order, once.
    await Promise.all([pass(5 * hourMs), stage.minute(), stage.minute()])
    await pass(24 * minuteMs)
    expect(await stage.told(approver)).toEqual(['approval-told', 'approval-reminded'])
    expect(await stage.told(deputy)).toEqual(['approval-deputy'])
    expect(await stage.told(near)).toEqual(['approval-manager'])
    expect(await stage.told(far)).toEqual([])
    expect(stage.running.app.mails).toEqual([])
    expect(refusal(await stage.vote(far, id))).toEqual([403, 'not-asked', undefined])
    expect((await stage.vote(deputy, id)).body.state).toBe('granted')
    expect(await stage.minute()).toBe(0)
  })

  test('does not wait for a step that its author alone could pass', async () => {
    const manager = await stage.member('manager')
    await stage.lane({ steps: [{ approvers: named(manager), managerAfter: 6000 }] })
    const post = await newPost(manager, [stage.account], textOf(crypto.randomUUID()))
    await stage.ask(manager, post.id, { when: inHours(stage, 2) })
    const { id } = await stage.request(post.id)
    expect(await stage.told(stage.owner)).toContain('approval-manager')
    expect((await stage.vote(stage.owner, id)).body.state).toBe('granted')
  })

  test('asks nobody who has left', async () => {
    const leaver = await stage.member('approver')
    await stage.lane({ steps: [{ approvers: [...named(leaver), { kind: 'role', role: 'admin' }], needed: 'all' }] })
    const admin = await stage.member('admin')
    const post = await stage.write(crypto.randomUUID())
    await stage.ask(stage.author, post.id, { when: inHours(stage, 2) })
    const { id } = await stage.request(post.id)
    expect((await stage.vote(admin, id)).body.state).toBe('open')
    expect((await stage.owner.call('DELETE', `/orgs/{org}/members/${leaver.memberId}`)).status).toBe(200)
    await stage.owner.call('POST', `/orgs/{org}/approvals/${id}/comments`, {
      variantId: post.variants[0].id,
      text: 'She has left',
    })
    await pass(4 * hourMs)
    expect((await stage.request(post.id)).state).toBe('granted')
  })
})

describe('the fast lane', () => {
  const fastLane = async (whenSilent: 'hold' | 'go', users: Person[], approver: Person, deputy: Person) =>
    stage.lane({
      ...{ kind: 'fast', scopes: [], fast: { minutes: 10, users: named(...users), whenSilent } },
      steps: [{ approvers: named(approver), deputies: named(deputy) }],
    })
  let approver: Person
  let deputy: Person
  let user: Person
  beforeAll(async () => {
    approver = await stage.member('approver')
    deputy = await stage.member('approver')
    user = await stage.member('contributor')
  })

  test('replaces ordinary lanes for those who may use it, and hears deputies at once', async () => {
    await stage.lane({ name: 'Slow' })
    const fast = await fastLane('hold', [user], approver, deputy)
    const post = await stage.write(crypto.randomUUID())
    const other = await stage.ask(stage.author, post.id, { fastLaneId: fast.id })
    expect(refusal(other)).toEqual([403, 'fast-lane-not-yours', 'fastLaneId'])
    await stage.ask(user, post.id, { fastLaneId: fast.id })
    const request = await stage.request(post.id)
    expect(request.steps.map(({ kind }: { kind: string }) => kind)).toEqual(['fast'])
    expect((await stage.vote(deputy, request.id)).body.state).toBe('granted')
  })

  test.each([
    ['hold', false],
    ['go', true],
  ] as const)('when nobody answers: %s', async (whenSilent, goes) => {
    await stage.lane()
    const fast = await fastLane(whenSilent, [user], approver, deputy)
    const text = crypto.randomUUID()
    const post = await stage.write(text)
    await stage.ask(user, post.id, { fastLaneId: fast.id })
    await pass(10 * minuteMs + 1000)
    const request = await stage.request(post.id)
    expect(request.state).toBe(goes ? 'granted' : 'open')
    stage.running.work()
    if (goes) await untilState(stage.owner, post.id, 'published')
    else {
      const variant = (await stage.post(post.id)).variants[0]
      expect(variant).toMatchObject({ state: 'in-review', reason: { code: 'nobody-answered' } })
      expect(await stage.told(user)).toContain('approval-box-over')
      await pass(minuteMs)
      expect((await stage.vote(approver, request.id)).body.state).toBe('granted')
      await untilState(stage.owner, post.id, 'published')
    }
    expect(there(stage.running, text)).toHaveLength(1)
  })

  test('does not go in silence where a guardrail matched', async () => {
    const slow = await stage.lane({ name: 'Slow' })
    await stage.guardrail({ kind: 'money', laneId: slow.id })
    const fast = await fastLane('go', [user], approver, deputy)
    const post = await stage.write(`We raised $4 million ${crypto.randomUUID()}`)
    await stage.ask(user, post.id, { fastLaneId: fast.id })
    await pass(11 * minuteMs)
    const request = await stage.request(post.id)
    expect(request).toMatchObject({ state: 'open', findings: [{ kind: 'money', match: '$4 million' }] })
    const variant = (await stage.post(post.id)).variants[0]
    expect(variant.reason.code).toBe('nobody-answered-guarded')
  })

  test('never takes the place of two named people for investor relations', async () => {
    const [first, second, manager] = [
      await stage.member('approver'),
      await stage.member('contributor'),
      await stage.member('manager'),
    ]
    const steps = [{ approvers: named(first, second), needed: 'all', managerAfter: 1 }]
    const ir = await stage.lane({ kind: 'investor', scopes: [], steps })
    await stage.guardrail({ kind: 'words', settings: { list: ['dividend*'] }, laneId: ir.id })
    const fast = await fastLane('go', [second], approver, deputy)
    const post = await newPost(second, [stage.account], textOf(`Our dividends ${crypto.randomUUID()}`))
    await stage.ask(second, post.id, { fastLaneId: fast.id })
    const request = await stage.request(post.id)
    expect(request.steps.map(({ kind }: { kind: string }) => kind)).toEqual(['investor'])
    await stage.vote(first, request.id)
    expect(refusal(await stage.vote(second, request.id))).toEqual([403, 'own-post', undefined])
    await pass(30 * minuteMs)
    expect(await stage.told(manager)).toContain('approval-manager')
    expect(refusal(await stage.vote(manager, request.id))).toEqual([403, 'not-asked', undefined])
    const other = await newPost(stage.author, [stage.account], textOf(`More dividends ${crypto.randomUUID()}`))
    await stage.ask(stage.author, other.id)
    const { id } = await stage.request(other.id)
    expect((await stage.vote(second, id)).body.state).toBe('open')
    expect((await stage.vote(first, id)).body.state).toBe('granted')
  })
})
