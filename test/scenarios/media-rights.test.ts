// Rights have consequences: the check says so, scheduling refuses, owners are warned, and nothing leaves after the last day of a permission.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { addDays, dayIn } from '../../src/lib/days.ts'
import { picture } from '../../src/media/testing/samples.ts'
import { warnOfLatePosts } from '../../src/publishing/media-uses/warn.ts'
import { type Person, type Running, startRunning } from './world.ts'

let running: Running
let owner: Person
let account: string

beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
  account = (await running.connect(owner)).id
})
afterAll(() => running.close())

/** The organisation lives in Berlin. */
const today = () => dayIn(new Date(Date.now() + running.moved.ms), 'Europe/Berlin')
const inDays = (days: number) => addDays(today(), days)
const good = async (method: string, path: string, body?: unknown) => {
  const answer = await owner.call(method, `/orgs/{org}/${path}`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

let seed = 0
async function aFile(name: string, rights: object) {
  const form = new FormData()
  const content = await picture({ width: 60, height: 40, noise: ++seed }).png().toBuffer()
  form.append('file', new File([new Uint8Array(content)], name))
  const { id, kind, type, bytes, width, height } = await good('POST', 'media', form)
  await good('POST', 'media/rights', { ids: [id], rights })
  return { id, kind, type, bytes, width, height, seconds: null, alt: 'Noise' }
}
type Item = Awaited<ReturnType<typeof aFile>>
const contentOf = (text: string, item: Item) => ({ segments: [{ text, media: [item] }] })
const aPost = (text: string, item: Item) =>
  good('POST', 'posts', { content: contentOf(text, item), variants: [{ accountId: account }] })
const at = (day: string, time = '12:00') => ({ kind: 'at', wall: `${day}T${time}`, zone: 'Europe/Berlin' })
const schedule = (id: string, when: object) => owner.call('POST', `/orgs/{org}/posts/${id}/schedule`, { when })
const issuesOf = async (item: Item, more: object = {}) => {
  const content = contentOf('Look', item)
  const [found] = await good('POST', 'posts/check', { content, variants: [{ accountId: account }], ...more })
  return found.issues.filter(({ code }: { code: string }) => code.startsWith('media.rights'))
}

test('the check tells what is over, what ends soon, and what nobody knows, until nobody wants to hear that', async () => {
  const over = await aFile('over.png', { basis: 'permission', expiresOn: inDays(-1) })
  const soon = await aFile('soon.png', { basis: 'licensed', expiresOn: inDays(2) })
  const unknown = await aFile('unknown.png', {})
  const params = { file: 'over.png', until: inDays(-1) }
  expect(await issuesOf(over)).toEqual([
    { level: 'error', code: 'media.rights-ended', field: 'segments.0.media.0', params },
  ])
  expect(await issuesOf(soon)).toMatchObject([{ level: 'warning', code: 'media.rights-ending' }])
  const then = new Date(`${inDays(5)}T12:00:00Z`).toISOString()
  expect(await issuesOf(soon, { at: then })).toMatchObject([{ level: 'error', code: 'media.rights-ended' }])
  expect(await issuesOf(unknown)).toMatchObject([{ level: 'warning', code: 'media.rights-unknown' }])
  await good('PUT', 'media-settings', { warnUnknown: false })
  expect(await issuesOf(unknown)).toEqual([])
})

test('a post cannot be scheduled for after the last day, and can for its last minute', async () => {
  const item = await aFile('until friday.png', { basis: 'permission', expiresOn: inDays(3) })
  const { id } = await aPost('Scheduled', item)
  const refused = await schedule(id, at(inDays(4), '00:00'))
  expect([refused.status, refused.body.data]).toEqual([
    422,
    {
      code: 'media.rights-ended',
      field: 'segments.0.media.0',
      params: { file: 'until friday.png', until: inDays(3) },
    },
  ])
  expect((await schedule(id, at(inDays(3), '23:59'))).status).toBe(200)
})

test('whoever answers for a scheduled post is told once that a permission was shortened, and sees it at the file', async () => {
  const item = await aFile('shortened.png', { basis: 'permission', expiresOn: inDays(30) })
  const { id } = await aPost('Later', item)
  expect((await schedule(id, at(inDays(10)))).status).toBe(200)
  expect(await warnOfLatePosts(running.app.services)).toBe(0)
  await good('POST', 'media/rights', { ids: [item.id], rights: { expiresOn: inDays(9) } })
  expect(await warnOfLatePosts(running.app.services)).toBe(1)
  expect(await warnOfLatePosts(running.app.services)).toBe(0)
  const told = await inOrg(running.app.services.db, owner.orgId, (tx) =>
    tx.selectFrom('notifications').selectAll().where('kind', '=', 'post-media-ends').execute(),
  )
  expect(told).toMatchObject([
    { member_id: owner.memberId, subject_id: id, facts: { file: 'shortened.png', until: inDays(9) } },
  ])
  const uses = await good('GET', `media/${item.id}/uses`)
  expect(uses).toMatchObject({
    total: 1,
    byState: [{ state: 'scheduled', posts: 1 }],
    byDepartment: [{ departmentId: null, posts: 1 }],
    items: [{ id, late: true }],
  })
  await good('POST', 'media/rights', { ids: [item.id], rights: { expiresOn: inDays(8) } })
  expect(await warnOfLatePosts(running.app.services)).toBe(1)
})

test('what was scheduled in time and is no longer permitted does not go out; with a new permission it does', async () => {
  const item = await aFile('stopped.png', { basis: 'permission', expiresOn: inDays(30) })
  const { id } = await aPost('Stopped', item)
  expect((await schedule(id, at(inDays(5)))).status).toBe(200)
  await good('POST', 'media/rights', { ids: [item.id], rights: { expiresOn: inDays(-1) } })
  running.moved.ms = Date.parse(`${inDays(5)}T12:00:00Z`) - Date.now()
  running.work()
  const stateOf = async () => (await good('GET', `posts/${id}`)).variants[0]
  await expect.poll(async () => (await stateOf()).state, { timeout: 30_000 }).toBe('rejected')
  expect((await stateOf()).reason).toMatchObject({ code: 'media.rights-ended', field: 'media' })
  expect(running.network.posts().filter(({ text }) => text === 'Stopped')).toEqual([])
  await good('POST', 'media/rights', { ids: [item.id], rights: { expiresOn: inDays(1) } })
  expect((await schedule(id, { kind: 'now' })).status).toBe(200)
  await expect.poll(async () => (await stateOf()).state, { timeout: 30_000 }).toBe('published')
  expect(running.network.posts().filter(({ text }) => text === 'Stopped')).toHaveLength(1)
})

test('a file that a campaign or an unfinished brief uses is not removed, and its uses say why', async () => {
  const item = await aFile('poster.png', { basis: 'own' })
  const other = await aFile('free.png', { basis: 'own' })
  const campaign = await good('POST', 'campaigns', {
    ...{ name: 'Poster week', kind: 'event', beginsOn: inDays(0), endsOn: inDays(5), assetIds: [item.id] },
  })
  const brief = await good('POST', 'briefs', { title: 'From the poster', mediaIds: [item.id] })
  const remove = () => owner.call('DELETE', `/orgs/{org}/media/${item.id}`)
  const refused = async () => {
    expect(await remove()).toMatchObject({ status: 409, body: { data: { code: 'media-in-use' } } })
    const many = await good('POST', 'media/remove', { ids: [item.id, other.id] })
    expect(many.inUse).toEqual([item.id])
    await good('POST', 'media/restore', { ids: [other.id] })
    const used = await good('GET', 'media?used=yes&limit=100')
    expect(used.items.map(({ id }: { id: string }) => id)).toContain(item.id)
    return good('GET', `media/${item.id}/uses`)
  }
  const [inCampaign, inBrief] = [
    { id: campaign.id, name: 'Poster week' },
    { id: brief.id, name: 'From the poster' },
  ]
  expect(await refused()).toMatchObject({ total: 0, campaigns: [inCampaign], briefs: [inBrief] })
  await good('PATCH', `campaigns/${campaign.id}`, { revision: campaign.revision, assetIds: [] })
  expect(await refused()).toMatchObject({ total: 0, campaigns: [], briefs: [inBrief] })
  await good('POST', `briefs/${brief.id}/decline`, { reason: 'No longer needed' })
  expect((await remove()).status).toBe(200)
})

test('a file that a series repeats is not removed while the series goes on, even when no post has it any more', async () => {
  const item = await aFile('weekly.png', { basis: 'own' })
  const post = await aPost('Every week', item)
  const input = {
    postId: post.id,
    rule: 'FREQ=WEEKLY',
    wall: `${inDays(3)}T09:00`,
    zone: 'Europe/Berlin',
    scheduled: false,
  }
  const series = await good('POST', 'series', input)
  await asSystem(running.app.services.db, (tx) =>
    tx.updateTable('posts').set({ deleted_at: new Date() }).where('org_id', '=', owner.orgId).execute(),
  )
  const remove = () => owner.call('DELETE', `/orgs/{org}/media/${item.id}`)
  expect(await remove()).toMatchObject({ status: 409, body: { data: { code: 'media-in-use' } } })
  expect(await good('GET', `media/${item.id}/uses`)).toMatchObject({
    total: 0,
    series: [{ id: series.id, name: 'Every week' }],
  })
  await good('POST', `series/${series.id}/end`)
  expect((await remove()).status).toBe(200)
})

test('where the owner of a late post has left, those who run the organisation are told', async () => {
  const item = await aFile('left behind.png', { basis: 'permission', expiresOn: inDays(30) })
  const { id } = await aPost('Left behind', item)
  const gone = await running.as('contributor')
  await good('PATCH', `posts/${id}/belonging`, { ownerId: gone.memberId })
  expect((await schedule(id, at(inDays(10)))).status).toBe(200)
  await asSystem(running.app.services.db, (tx) =>
    tx.updateTable('members').set({ ended_at: new Date() }).where('id', '=', gone.memberId).execute(),
  )
  await good('POST', 'media/rights', { ids: [item.id], rights: { expiresOn: inDays(9) } })
  expect(await warnOfLatePosts(running.app.services)).toBe(1)
  const told = await inOrg(running.app.services.db, owner.orgId, (tx) =>
    tx.selectFrom('notifications').select('member_id').where('subject_id', '=', id).execute(),
  )
  expect(told).toContainEqual({ member_id: owner.memberId })
  expect(told).not.toContainEqual({ member_id: gone.memberId })
})

test('of a campaign that takes a file and somebody who removes it at the same moment, one is told', async () => {
  for (let round = 0; round < 12; round++) {
    const item = await aFile(`race ${round}.png`, { basis: 'own' })
    const body = { name: `Race ${round}`, kind: 'event', beginsOn: inDays(0), endsOn: inDays(1), assetIds: [item.id] }
    const [planned, removed] = await Promise.all([
      owner.call('POST', '/orgs/{org}/campaigns', body),
      owner.call('DELETE', `/orgs/{org}/media/${item.id}`),
    ])
    expect([planned.status, removed.status].sort()).toEqual(planned.status === 201 ? [201, 409] : [200, 422])
  }
})
