// Approval through HTTP, jobs and the practice network: asked, given, refused, voided, late, climbing.

import { beforeAll, describe, expect, test } from 'vitest'
import { reviewAllAgain } from '../../src/publishing/approvals/again.ts'
import { hourMs, inHours, leaveClean, minuteMs, type Stage, setStage } from './approvals-world.ts'
import { newPost, type Person, refusal, textOf, there, untilState } from './world.ts'

let stage: Stage
let approver: Person
let manager: Person
beforeAll(async () => {
  stage = await setStage()
  approver = await stage.member('approver')
  manager = await stage.member('manager')
})
leaveClean(() => stage)

const variantOf = async (postId: string) => (await stage.post(postId)).variants[0]
const fresh = (words: string) => `${words} ${crypto.randomUUID()}`

describe('where no lane applies', () => {
  test('who may schedule needs nobody', async () => {
    const post = await stage.write(fresh('free'))
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 5) })).body.state).toBe('scheduled')
    expect(await stage.request(post.id)).toBe(undefined)
  })

  test('a contributor asks, and anybody who may schedule lets it go', async () => {
    const text = fresh('asked')
    const post = await stage.write(text)
    expect((await stage.ask(stage.author, post.id, { note: 'Please' })).body.state).toBe('in-review')
    expect(await stage.told(manager)).toContain('approval-told')
    const request = await stage.request(post.id)
    expect(request).toMatchObject({ state: 'open', note: 'Please', steps: [{ kind: 'anybody', state: 'open' }] })
    expect(refusal(await stage.vote(approver, request.id))).toEqual([403, 'not-asked', undefined])
    stage.running.work()
    expect((await stage.vote(manager, request.id)).body.state).toBe('granted')
    await untilState(stage.owner, post.id, 'published')
    expect(there(stage.running, text)).toHaveLength(1)
    expect(await stage.told(stage.author)).toContain('approval-granted')
  })

  test('scheduling it answers the question too', async () => {
    const post = await stage.write(fresh('let go'))
    await stage.ask(stage.author, post.id)
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 3) })).body.state).toBe('scheduled')
    expect(await stage.request(post.id)).toMatchObject({ state: 'granted', reason: 'let-go' })
  })
})

describe('a lane', () => {
  test('makes everybody ask, the owner too; nothing goes out before, exactly what was shown goes out after', async () => {
    await stage.lane()
    const text = fresh('lane')
    const post = await stage.write(text)
    stage.running.work()
    const asked = await stage.owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } })
    expect(asked.body.variants[0]).toMatchObject({
      state: 'in-review',
      reason: { code: 'waits-for-approval' },
      wakeAt: null,
    })
    const { id, renditions } = await stage.request(post.id)
    expect(renditions[0]).toMatchObject({ content: textOf(text), words: textOf(text), before: null })
    expect(there(stage.running, text)).toHaveLength(0)
    expect((await stage.vote(approver, id)).body).toMatchObject({ state: 'granted', mine: { voted: 'approve' } })
    await untilState(stage.owner, post.id, 'published')
    expect(there(stage.running, text)).toHaveLength(1)
    const way = (await stage.owner.call('GET', `/orgs/{org}/posts/${post.id}/way`)).body.map(
      (step: { code: string }) => step.code,
    )
    expect(way).toEqual(expect.arrayContaining(['approval.asked', 'approval.given', 'approval.granted']))
  })

  test('goes through its steps in order, and asks n of m', async () => {
    const [one, two, three] = [
      await stage.member('approver'),
      await stage.member('manager'),
      await stage.member('manager'),
    ]
    const named = (...people: Person[]) => people.map(({ memberId }) => ({ kind: 'member', id: memberId }))
    await stage.lane({ steps: [{ approvers: named(one) }, { approvers: named(two, three, manager), needed: 2 }] })
    const post = await stage.write(fresh('steps'))
    await stage.ask(stage.author, post.id, { when: inHours(stage, 2) })
    const { id } = await stage.request(post.id)
    expect(await stage.told(two)).not.toContain('approval-told')
    expect(refusal(await stage.vote(two, id))).toEqual([403, 'not-your-turn', undefined])
    await stage.vote(one, id)
    expect(await stage.told(two)).toContain('approval-told')
    expect((await stage.vote(two, id)).body.state).toBe('open')
    expect(refusal(await stage.vote(two, id))).toEqual([409, 'already-voted', undefined])
    expect((await stage.vote(three, id)).body.state).toBe('granted')
    expect((await stage.post(post.id)).state).toBe('scheduled')
    expect(refusal(await stage.vote(manager, id))).toEqual([409, 'request-over', undefined])
  })

  test('does not count the author; a viewer, a stranger and an editor cannot vote or edit as they please', async () => {
    await stage.lane({ steps: [{ approvers: [{ kind: 'role', role: 'manager' }] }] })
    const post = await newPost(manager, [stage.account], textOf(fresh('own')))
    await stage.ask(manager, post.id)
    const { id, mine } = await stage.request(post.id, manager)
    expect(mine).toEqual({ vote: false, voted: null, why: 'own-post' })
    expect(refusal(await stage.vote(manager, id))).toEqual([403, 'own-post', undefined])
    expect(refusal(await stage.vote(await stage.running.as('viewer'), id))).toEqual([403, 'role-forbids', undefined])
    const stranger = await stage.running.as('owner', stage.running.app.theirs)
    expect((await stranger.call('GET', `/orgs/${stage.running.app.theirs}/approvals/${id}`)).status).toBe(404)
    const edit = { revision: post.revision, content: textOf('mine') }
    expect(refusal(await approver.call('PATCH', `/orgs/{org}/posts/${post.id}`, edit))).toEqual([
      403,
      'role-forbids',
      undefined,
    ])
  })

  test('of campaign, account or department applies where it says; assigning a post later asks again', async () => {
    const department = (await stage.owner.call('POST', '/orgs/{org}/departments', { name: fresh('IR') })).body
    await stage.lane({ name: 'Department lane', scopes: [{ scope: 'department', id: department.id }] })
    const other = await stage.running.connect(stage.owner)
    await stage.lane({ scopes: [{ scope: 'account', id: other.id }] })
    const post = await stage.write(fresh('assigned'))
    expect((await stage.ask(manager, post.id, { when: inHours(stage, 4) })).body.state).toBe('scheduled')
    const moved = await manager.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { departmentId: department.id })
    expect(moved.body.state).toBe('in-review')
    expect((await stage.request(post.id)).steps).toMatchObject([
      { lane: 'Department lane', reasons: [{ code: 'department' }] },
    ])
    await manager.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { departmentId: null })
    expect((await stage.post(post.id)).state).toBe('scheduled')
  })

  test('that is added later voids the consent for what is not sent yet; votes on the same words stay', async () => {
    await stage.lane({ name: 'First' })
    const post = await stage.write(fresh('later'))
    await stage.ask(stage.author, post.id, { when: inHours(stage, 6) })
    const { id } = await stage.request(post.id)
    await stage.vote(approver, id)
    expect((await stage.post(post.id)).state).toBe('scheduled')
    await stage.lane({ name: 'Second', steps: [{ approvers: [{ kind: 'role', role: 'manager' }] }] })
    await reviewAllAgain(stage.running.app.services, stage.owner.orgId)
    expect((await stage.post(post.id)).state).toBe('in-review')
    const request = await stage.request(post.id)
    expect(request).toMatchObject({ id, state: 'open' })
    expect(
      Object.fromEntries(request.steps.map((step: { lane: string; state: string }) => [step.lane, step.state])),
    ).toEqual({
      First: 'satisfied',
      Second: 'open',
    })
    expect((await stage.vote(manager, id)).body.state).toBe('granted')
    const codes = (await stage.owner.call('GET', `/orgs/{org}/posts/${post.id}/way`)).body.map(
      ({ code }: { code: string }) => code,
    )
    expect(codes).toContain('approval.reopened')
  })
})

describe('consent', () => {
  test('is void after an edit, and asked for again with what has changed', async () => {
    await stage.lane()
    const before = fresh('before')
    const post = await stage.write(before)
    await stage.ask(stage.author, post.id, { when: inHours(stage, 3) })
    const first = await stage.request(post.id)
    await stage.vote(approver, first.id)
    const after = { revision: post.revision, content: textOf('after the consent') }
    const edited = await stage.author.call('PATCH', `/orgs/{org}/posts/${post.id}`, after)
    expect(edited.body.state).toBe('draft')
    expect(await stage.request(post.id)).toMatchObject({ state: 'voided', mine: { vote: false } })
    await stage.ask(stage.author, post.id, { when: inHours(stage, 3) })
    const second = await stage.request(post.id)
    expect(second).toMatchObject({
      state: 'open',
      renditions: [{ before: { approved: true, content: textOf(before) } }],
    })
    expect(second.id).not.toBe(first.id)
  })

  test('holds for another time, unless a quiet period is there', async () => {
    const lane = await stage.lane({ name: 'All' })
    const post = await stage.write(fresh('moved'))
    await stage.ask(stage.author, post.id, { when: inHours(stage, 3) })
    await stage.vote(approver, (await stage.request(post.id)).id)
    const move = (hours: number) =>
      manager.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: inHours(stage, hours) })
    expect((await move(30)).body.state).toBe('scheduled')
    const quiet = inHours(stage, 24 * 9).wall.slice(0, 10)
    const ir = await stage.lane({
      name: 'Quiet',
      scopes: [],
      steps: [{ approvers: [{ kind: 'role', role: 'manager' }], notAuthor: false }],
    })
    await stage.guardrail({ kind: 'quiet-period', settings: { from: quiet, to: quiet, zone: 'UTC' }, laneId: ir.id })
    const moved = await manager.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, {
      when: { kind: 'at', wall: `${quiet}T12:00`, zone: 'UTC' },
    })
    expect(moved.body.state).toBe('in-review')
    const request = await stage.request(post.id)
    expect(request.findings).toMatchObject([{ kind: 'quiet-period', match: `${quiet} to ${quiet}`, laneId: ir.id }])
    expect(lane.id).not.toBe(ir.id)
    expect((await stage.vote(manager, request.id)).body.state).toBe('granted')
  })

  test('that comes late goes out at once within the hour, and later waits for a person; the time that passed is explained', async () => {
    await stage.lane()
    const [soon, late] = [await stage.write(fresh('soon')), await stage.write(fresh('late'))]
    for (const { id } of [soon, late]) await stage.ask(stage.author, id, { when: inHours(stage, 1) })
    const toldLate = async () => (await stage.told(approver)).filter((kind) => kind === 'approval-late').length
    const before = await toldLate()
    // Due at a whole minute, up to one sooner than asked: a minute more lies between what is said here and the end of the hour.
    stage.running.moved.ms += 2 * hourMs - 2 * minuteMs
    await stage.minute()
    expect(await variantOf(soon.id)).toMatchObject({ state: 'in-review', reason: { code: 'not-approved-in-time' } })
    expect(await stage.told(stage.author)).toContain('approval-late')
    expect((await toldLate()) - before).toBe(2)
    await stage.vote(approver, (await stage.request(soon.id)).id)
    expect((await variantOf(soon.id)).state).toBe('scheduled')
    stage.running.moved.ms += 3 * minuteMs
    await stage.minute()
    await stage.vote(approver, (await stage.request(late.id)).id)
    expect(await variantOf(late.id)).toMatchObject({ state: 'held', reason: { code: 'approved-too-late' } })
    stage.running.work()
    await untilState(stage.owner, soon.id, 'published')
    expect((await toldLate()) - before).toBe(2)
  })

  test('that is refused makes a draft that knows why', async () => {
    await stage.lane()
    const post = await stage.write(fresh('refused'))
    await stage.ask(stage.author, post.id, { when: inHours(stage, 1) })
    const { id } = await stage.request(post.id)
    expect(refusal(await stage.vote(approver, id, 'reject'))).toEqual([422, 'reason-needed', 'reason'])
    expect((await stage.vote(approver, id, 'reject', 'Too loud')).body.state).toBe('rejected')
    expect(await variantOf(post.id)).toMatchObject({
      state: 'draft',
      reason: { code: 'approval-refused', text: 'Too loud' },
    })
    expect(await stage.told(stage.author)).toContain('approval-rejected')
  })

  test('is not asked for any more when it is withdrawn, taken back or cancelled', async () => {
    await stage.lane()
    for (const act of ['withdraw', 'unschedule', 'cancel']) {
      const post = await stage.write(fresh(act))
      await stage.ask(stage.author, post.id, { when: inHours(stage, 1) })
      const { id } = await stage.request(post.id)
      const done =
        act === 'withdraw'
          ? await stage.author.call('POST', `/orgs/{org}/approvals/${id}/withdraw`)
          : await manager.call('POST', `/orgs/{org}/posts/${post.id}/${act}`, {})
      expect(done.status, JSON.stringify(done.body)).toBe(200)
      expect(await stage.request(post.id)).toMatchObject({ state: 'withdrawn' })
      expect(refusal(await stage.vote(approver, id))).toEqual([409, 'request-over', undefined])
    }
  })
})
