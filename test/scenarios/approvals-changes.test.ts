// Lanes and guardrails that change under planned posts, and words that are asked for twice.

import { beforeAll, expect, test } from 'vitest'
import { reviewAllAgain } from '../../src/publishing/approvals/again.ts'
import { inHours, leaveClean, type Stage, setStage } from './approvals-world.ts'
import { type Person, refusal } from './world.ts'

let stage: Stage
let manager: Person
beforeAll(async () => {
  stage = await setStage()
  manager = await stage.member('manager')
})
leaveClean(() => stage)

const lookAgain = () => reviewAllAgain(stage.running.app.services, stage.owner.orgId)
const planned = async (text: string, hours = 5) => {
  const post = await stage.write(text)
  expect((await stage.ask(manager, post.id, { when: inHours(stage, hours) })).body.state).toBe('scheduled')
  return post
}

test('a change says how many planned posts are looked at again', async () => {
  const lane = { name: 'Counted', kind: 'ordinary', steps: [{ approvers: [{ kind: 'role', role: 'approver' }] }] }
  const made = await stage.owner.call('POST', '/orgs/{org}/lanes', lane)
  expect(made.body).toMatchObject({ name: 'Counted', lookingAgain: 0 })
  await planned(`One ${crypto.randomUUID()}`)
  await planned(`Two ${crypto.randomUUID()}`)
  const everywhere = { ...lane, scopes: [{ scope: 'organisation', id: null }] }
  const changed = await stage.owner.call('PUT', `/orgs/{org}/lanes/${made.body.id}`, everywhere)
  expect(changed.body.lookingAgain).toBe(2)
  const retired = await stage.owner.call('DELETE', `/orgs/{org}/lanes/${made.body.id}`)
  expect(retired.body).toEqual({ removed: true, lookingAgain: 2 })
})

test('what a lane is for does not go away from under it, and has to be there', async () => {
  const { id } = (await stage.owner.call('POST', '/orgs/{org}/departments', { name: 'Investors' })).body
  const steps = [{ approvers: [{ kind: 'role', role: 'approver' }] }]
  const lane = await stage.lane({ steps, scopes: [{ scope: 'department', id }] })
  const remove = async () => refusal(await stage.owner.call('DELETE', `/orgs/{org}/departments/${id}`))
  expect(await remove()).toEqual([409, 'department-in-use', undefined])
  await stage.owner.call('DELETE', `/orgs/{org}/lanes/${lane.id}`)
  expect((await stage.owner.call('DELETE', `/orgs/{org}/departments/${id}`)).status).toBe(200)
  for (const scope of ['account', 'campaign', 'department']) {
    const wish = { name: 'For nothing', kind: 'ordinary', steps, scopes: [{ scope, id }] }
    expect(refusal(await stage.owner.call('POST', '/orgs/{org}/lanes', wish))).toEqual([
      422,
      'scope-not-found',
      'scopes',
    ])
  }
  // Only the whole organisation has no id.
  const nobody = { name: 'For nobody', kind: 'ordinary', steps, scopes: [{ scope: 'account', id: null }] }
  expect((await stage.owner.call('POST', '/orgs/{org}/lanes', nobody)).status).toBe(422)
})

test('a guardrail that was removed comes back as it was, and so does what it asks for', async () => {
  const lane = await stage.lane({ name: 'Money', scopes: [] })
  const rule = await stage.guardrail({ name: 'Sums', kind: 'money', laneId: lane.id, accountIds: [stage.account] })
  const post = await stage.write(`Jackets for 20 euros ${crypto.randomUUID()}`)
  expect((await stage.ask(manager, post.id, { when: inHours(stage, 6) })).body.state).toBe('in-review')
  const at = `/orgs/{org}/guardrails/${rule.id}`
  expect((await stage.owner.call('DELETE', at)).body).toMatchObject({ removed: true })
  await lookAgain()
  expect((await stage.post(post.id)).state).toBe('scheduled')
  const back = await stage.owner.call('POST', `${at}/restore`)
  expect(back.body).toMatchObject({ id: rule.id, name: 'Sums', accountIds: [stage.account], laneId: lane.id })
  await lookAgain()
  expect((await stage.post(post.id)).state).toBe('in-review')
  expect(refusal(await stage.owner.call('POST', `${at}/restore`))[0]).toBe(404)
})

test('a guardrail does not come back without its lane', async () => {
  const lane = await stage.lane({ scopes: [] })
  const rule = await stage.guardrail({ kind: 'money', laneId: lane.id })
  await stage.owner.call('DELETE', `/orgs/{org}/guardrails/${rule.id}`)
  expect((await stage.owner.call('DELETE', `/orgs/{org}/lanes/${lane.id}`)).status).toBe(200)
  const back = await stage.owner.call('POST', `/orgs/{org}/guardrails/${rule.id}/restore`)
  expect(refusal(back)).toEqual([422, 'lane-not-found', 'laneId'])
})

test('a lane is not retired at the moment when a guardrail is given it', async () => {
  const both: number[][] = []
  for (let round = 0; round < 12; round++) {
    const lane = await stage.lane({ scopes: [] })
    const rule = { name: crypto.randomUUID(), kind: 'money', settings: {}, laneId: lane.id }
    const [added, retired] = await Promise.all([
      stage.owner.call('POST', '/orgs/{org}/guardrails', rule),
      stage.owner.call('DELETE', `/orgs/{org}/lanes/${lane.id}`),
    ])
    both.push([added.status, retired.status])
  }
  expect(both.filter(([added, retired]) => added === 201 && retired === 200)).toEqual([])
})

test('a lane of a campaign applies to its posts alone', async () => {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
  const brief = { name: 'Winter', kind: 'promotion', beginsOn: day(0), endsOn: day(9) }
  const campaign = (await stage.owner.call('POST', '/orgs/{org}/campaigns', brief)).body
  await stage.lane({ name: 'Winter lane', scopes: [{ scope: 'campaign', id: campaign.id }] })
  const post = await planned(`Of no campaign ${crypto.randomUUID()}`)
  const moved = await manager.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { campaignId: campaign.id })
  expect(moved.body.state).toBe('in-review')
  expect((await stage.request(post.id)).steps).toMatchObject([{ lane: 'Winter lane', reasons: [{ code: 'campaign' }] }])
})

test('the same words are asked for again only by somebody who says so', async () => {
  const text = `Open on Sunday ${crypto.randomUUID()}`
  await planned(text)
  const again = await stage.write(text)
  const when = inHours(stage, 7)
  expect(refusal(await stage.ask(stage.author, again.id, { when }))).toEqual([
    ...[409, 'same-text-again', 'sameTextAgain'],
  ])
  expect((await stage.post(again.id)).state).toBe('draft')
  const meant = await stage.ask(stage.author, again.id, { when, sameTextAgain: true })
  expect(meant.body.state).toBe('in-review')
})
