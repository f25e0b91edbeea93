// Crossing points that make briefs, through HTTP, the log and a network: once for each event, with what is known as material.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '../../src/lib/days.ts'
import { type Campaigns, startCampaigns } from './campaign-world.ts'
import { untilState } from './world.ts'

let set: Campaigns
beforeAll(async () => {
  set = await startCampaigns()
})
afterAll(() => set.running.close())

it('crossing points of one’s own make a brief, once for each event, of what the post and the campaign say, for who answers', async () => {
  const { running, owner, today, aCampaign, aPost, schedule, firingsOf, told, cross } = set
  const [lead, colleague] = [await running.as('manager'), await running.as('contributor')]
  const point = async (name: string, trigger: string, more: object = {}) => {
    const tell = { owner: false, memberIds: [colleague.memberId], roles: [], departmentIds: [] }
    const body = { name, trigger, action: 'make-brief', tell, ...more }
    const made = await owner.call('POST', '/orgs/{org}/crossings', body)
    expect(made).toMatchObject({
      status: 201,
      body: { standing: { state: 'works', waitsFor: null, moreWith: null } },
    })
    return made.body as { id: string }
  }
  const planned = await point('Ask the makers', 'campaign.created', { options: { text: 'Three questions.' } })
  const out = await point('Say it again', 'post.published')
  const campaign = await aCampaign({ ownerId: lead.memberId, beginsOn: addDays(today(), 3) })
  const post = await aPost(`Heard ${crypto.randomUUID()}`, null)
  running.work()
  await schedule(post.id)
  await untilState(owner, post.id, 'published')
  await running.stopWork()
  await Promise.all([cross(), cross(), cross()])
  await cross()

  const briefOf = async ({ id }: { id: string }) => {
    const [fired, ...others] = await firingsOf(id)
    expect(others).toEqual([])
    expect(fired).toMatchObject({ state: 'done', tries: 1, outcome: { did: 'brief-made', told: 1, count: null } })
    return (await colleague.call('GET', `/orgs/{org}/briefs/${fired.outcome.id}`)).body
  }
  expect(await briefOf(planned)).toMatchObject({
    ...{ title: `Ask the makers: ${campaign.name}`, kind: 'campaign-need', state: 'open', createdBy: null },
    ...{ campaignId: campaign.id, ownerId: lead.memberId, dueOn: campaign.beginsOn, links: [] },
    material: 'Three questions.',
  })
  const { summary } = (await owner.call('GET', `/orgs/{org}/posts/${post.id}`)).body
  const second = await briefOf(out)
  expect(second).toMatchObject({
    ...{ title: `Say it again: ${summary}`, kind: 'idea', campaignId: null, ownerId: null, dueOn: null },
    material: `“${summary}”`,
  })
  expect(second.links).toEqual([expect.stringContaining(running.network.url)])
  expect(await told(colleague)).toEqual(['crossing-brief-made', 'crossing-brief-made'])
  expect(await told(lead)).not.toContain('crossing-brief-made')
  const briefs = (await owner.call('GET', '/orgs/{org}/briefs?limit=200')).body.items as { title: string }[]
  expect(briefs.filter(({ title }) => /^(Ask the makers|Say it again): /.test(title))).toHaveLength(2)

  const byHand = await owner.call('POST', `/orgs/{org}/crossings/${planned.id}/fire`, { campaignId: campaign.id })
  expect(byHand.body).toMatchObject({ state: 'done', outcome: { did: 'brief-made' } })
  const written = (await owner.call('GET', `/orgs/{org}/briefs/${byHand.body.outcome.id}`)).body
  expect(written.createdBy).toMatchObject({ id: owner.memberId })
  for (const { id } of [planned, out]) {
    const off = await owner.call('PATCH', `/orgs/{org}/crossings/${id}`, { revision: 1, enabled: false })
    expect(off.status).toBe(200)
  }
})
