// Placements: each of the ten media has a link of its own that leads and counts, and people who named it are counted too.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { media } from '../../src/publishing/placements/types.ts'
import { expectWell, type Person, type Running, refusal, startRunning } from './world.ts'

let running: Running
let owner: Person
beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
})
afterAll(async () => {
  await expectWell(running)
  await running.close()
})

const facts = (more: object = {}) => ({
  medium: 'packaging',
  name: 'Box of the wind jacket',
  leadsTo: 'https://example.org/follow',
  ...more,
})
const add = (more: object = {}, person = owner) => person.call('POST', '/orgs/{org}/placements', facts(more))

test.each(media.map((medium) => [medium]))('%s has its own link with parameters that name it', async (medium) => {
  const { status, body } = await add({ medium, name: `One of ${medium}` })
  expect([status, body.run, body.clicks, body.named, body.costPerReference]).toEqual([201, 'running', 0, 0, null])
  const target = new URL(body.target)
  expect(Object.fromEntries(target.searchParams)).toEqual({
    utm_source: `one-of-${medium}`,
    utm_medium: medium,
    utm_campaign: 'always-on',
  })
  expect(new URL(body.url).pathname).toMatch(/^\/l\/[2-9a-z]{8}$/)
})

test('people who named it are counted, and a reference has its cost', async () => {
  const { id } = (await add({ word: 'QUAY', cost: 9000, currency: 'EUR' })).body
  expect((await owner.call('POST', `/orgs/{org}/placements/${id}/references`, { count: 3 })).body.named).toBe(3)
  const after = (await owner.call('POST', `/orgs/{org}/placements/${id}/references`, { note: 'At the fair' })).body
  expect(after).toMatchObject({ named: 4, clicks: 0, costPerReference: 2250, lastAt: expect.any(String) })
  const counted = (await owner.call('GET', `/orgs/{org}/placements/${id}/references`)).body
  expect(counted).toMatchObject([
    { count: 1, note: 'At the fair', countedBy: owner.memberId },
    { count: 3, note: '' },
  ])
  const back = `/orgs/{org}/placements/${id}/references/${counted[1].id}`
  expect((await owner.call('DELETE', back)).body).toMatchObject({ named: 1, costPerReference: 9000 })
  expect((await owner.call('DELETE', back)).status).toBe(404)
})

test('a word means one placement at a time', async () => {
  const { id } = (await add({ word: 'Anchor' })).body
  expect(refusal(await add({ word: 'anchor' }))).toEqual([422, 'word-taken', 'word'])
  expect((await owner.call('POST', `/orgs/{org}/placements/${id}/end`)).body).toMatchObject({ run: 'over' })
  const { body: other } = await add({ word: 'anchor' })
  expect(refusal(await owner.call('POST', `/orgs/{org}/placements/${id}/resume`))).toEqual([422, 'word-taken', 'word'])
  await owner.call('POST', `/orgs/{org}/placements/${other.id}/end`)
  expect((await owner.call('POST', `/orgs/{org}/placements/${id}/resume`)).body).toMatchObject({
    run: 'running',
    endedAt: null,
  })
})

test('a word that two people choose at once is refused to one of them', async () => {
  const both = await Promise.all([add({ word: 'Rope' }), add({ word: 'ROPE' })])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
})

test('says that somebody took its link away', async () => {
  const { id, linkId } = (await add()).body
  expect((await owner.call('DELETE', `/orgs/{org}/links/${linkId}`)).status).toBe(200)
  const read = () => owner.call('GET', `/orgs/{org}/placements/${id}`)
  expect((await read()).body.linkRemovedAt).toEqual(expect.any(String))
  await owner.call('POST', `/orgs/{org}/links/${linkId}/restore`)
  expect((await read()).body.linkRemovedAt).toBeNull()
})

test('a change leaves what is printed alone', async () => {
  const { id, url, target } = (await add()).body
  const change = { medium: 'print', name: 'Leaflet', endsOn: '2026-01-01' }
  const changed = (await owner.call('PUT', `/orgs/{org}/placements/${id}`, change)).body
  expect(changed).toMatchObject({ medium: 'print', name: 'Leaflet', run: 'over', url, target })
})

test.each([
  ['a private address', { leadsTo: 'http://10.0.0.1/' }, 'link-private', 'leadsTo'],
  ['our own short address', { leadsTo: 'http://localhost:4545/l/bcdfghjk' }, 'link-own', 'leadsTo'],
  ['a password in the address', { leadsTo: 'https://a:b@example.org/' }, 'link-credentials', 'leadsTo'],
  ['an end before the beginning', { beginsOn: '2027-02-01', endsOn: '2027-01-01' }, 'ends-before-it-begins', 'endsOn'],
  ['a cost without a currency', { cost: 5 }, 'cost-needs-currency', 'currency'],
  ['a campaign of nobody', { campaignId: '0197f3a0-0000-7000-8000-000000000000' }, 'not-in-organisation', 'campaignId'],
])('%s is refused at its field', async (_what, more, code, field) => {
  const given = 'leadsTo' in more && more.leadsTo.includes('/l/') ? { leadsTo: ownShort() } : more
  expect(refusal(await add(given))).toEqual([422, code, field])
})

const ownShort = () => `${running.app.services.linkBases[0]}bcdfghjk`

test('another organisation finds nothing', async () => {
  const { id } = (await add()).body
  const stranger = await running.as('owner', running.app.theirs)
  expect((await stranger.call('GET', `/orgs/{org}/placements/${id}`)).status).toBe(404)
  expect((await stranger.call('POST', `/orgs/{org}/placements/${id}/end`)).status).toBe(404)
  expect((await stranger.call('GET', '/orgs/{org}/placements')).body).toEqual([])
})
