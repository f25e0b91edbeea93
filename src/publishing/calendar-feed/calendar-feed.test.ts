// Calendar feeds as calendar programs read them: parsed back, private, and not sent twice.

import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPost, type Person, type Running, startRunning, textOf } from '../../../test/scenarios/world.ts'

let running: Running
let lead: Person
let account: { id: string }

beforeAll(async () => {
  running = await startRunning()
  lead = await running.as('manager')
  account = await running.connect(lead)
}, 180_000)
afterAll(() => running?.close())

const zone = 'Europe/Berlin'
const inDays = (days: number) => `${new Date(Date.now() + days * 24 * 3600_000).toISOString().slice(0, 10)}T10:30`

async function planned(person: Person, text: string, days: number): Promise<{ id: string; dueAt: string }> {
  const post = await newPost(person, [account.id], textOf(text))
  const answer = await lead.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, {
    when: { kind: 'at', wall: inDays(days), zone },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

async function feed(person: Person, more: object = { scope: 'all' }): Promise<{ id: string; path: string }> {
  const made = await person.call('POST', '/orgs/{org}/calendar-feeds', { name: 'My feed', ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return { id: made.body.id, path: new URL(made.body.url).pathname }
}

const fetched = (path: string, headers: Record<string, string> = {}) => fetch(`${running.url}${path}`, { headers })

async function eventsOf(path: string) {
  const answer = await fetched(path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
  return calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
}

describe('a calendar feed', () => {
  test('shows posts at their instants, with state, wall time and a stable name', async () => {
    const words = 'Commas, semicolons; and\nlines: “ünï” ☕ '.repeat(6)
    const post = await planned(lead, words, 20)
    const { path } = await feed(lead)
    const event = (await eventsOf(path)).find(({ uid }) => uid === `${post.id}@longrun`)!
    expect(event.startDate.toJSDate().toISOString()).toBe(post.dueAt)
    expect(event.startDate.zone.tzid).toBe('UTC')
    expect(event.summary.startsWith('Scheduled: Commas, semicolons; and lines: “ünï” ☕')).toBe(true)
    expect(event.description).toContain(`Planned for ${inDays(20).replace('T', ' ')}, ${zone}`)
    const sequence = event.sequence
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await lead.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'at', wall: inDays(22), zone } })
    const moved = (await eventsOf(path)).find(({ uid }) => uid === `${post.id}@longrun`)!
    expect(moved.sequence).toBeGreaterThan(sequence)
    expect(moved.startDate.toJSDate().getTime() - Date.parse(post.dueAt)).toBeGreaterThan(24 * 3600_000)
  })

  test('says of a draft that was only given another place that it changed', async () => {
    const post = await newPost(lead, [account.id], textOf('A draft on its way through the month'))
    const place = (days: number) =>
      lead.call('POST', '/orgs/{org}/bulk/move', { places: [{ id: post.id, wall: inDays(days), zone }] })
    await place(12)
    const { path } = await feed(lead)
    const eventOf = async () => (await eventsOf(path)).find(({ uid }) => uid === `${post.id}@longrun`)!
    const { sequence } = await eventOf()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await place(14)
    expect((await eventOf()).sequence).toBeGreaterThan(sequence)
  })

  test('holds 30 days back and 180 ahead, and what its filter says', async () => {
    const near = await planned(lead, 'Within reach', 170)
    const far = await planned(lead, 'Out of reach', 190)
    const other = await running.as('manager')
    const theirs = await planned(other, 'Of somebody else', 40)
    const all = (await eventsOf((await feed(lead)).path)).map(({ uid }) => uid)
    expect([near, far, theirs].map(({ id }) => all.includes(`${id}@longrun`))).toEqual([true, false, true])
    const mine = (await eventsOf((await feed(lead, { scope: 'mine' })).path)).map(({ uid }) => uid)
    expect([near, theirs].map(({ id }) => mine.includes(`${id}@longrun`))).toEqual([true, false])
    const ofAccount = await eventsOf((await feed(lead, { scope: 'account', scopeId: account.id })).path)
    expect(ofAccount.length).toBeGreaterThan(0)
    const nowhere = await lead.call('POST', '/orgs/{org}/calendar-feeds', {
      ...{ name: 'x', scope: 'account', scopeId: crypto.randomUUID() },
    })
    expect(nowhere.status).toBe(422)
  })

  test('is not sent again while nothing changed', async () => {
    const { path } = await feed(lead)
    const first = await fetched(path)
    const tag = first.headers.get('etag')!
    await first.text()
    expect((await fetched(path, { 'if-none-match': tag })).status).toBe(304)
    await planned(lead, 'Something new', 25)
    expect((await fetched(path, { 'if-none-match': tag })).status).toBe(200)
  })

  test('ends with its address, its member and nothing else', async () => {
    const { id, path } = await feed(lead)
    const renewed = await lead.call('POST', `/orgs/{org}/calendar-feeds/${id}/renew`, {})
    const next = new URL(renewed.body.url).pathname
    expect([(await fetched(path)).status, (await fetched(next)).status]).toEqual([404, 200])
    const other = await running.as('owner')
    expect((await other.call('DELETE', `/orgs/{org}/calendar-feeds/${id}`)).status).toBe(404)
    await lead.call('DELETE', `/orgs/{org}/calendar-feeds/${id}`)
    expect((await fetched(next)).status).toBe(404)
    const viewer = await running.as('viewer')
    const theirs = await feed(viewer)
    expect((await fetched(theirs.path)).status).toBe(200)
    expect((await other.call('DELETE', `/orgs/{org}/members/${viewer.memberId}`)).status).toBe(200)
    expect((await fetched(theirs.path)).status).toBe(404)
    expect((await fetched(`/calendar/${'a'.repeat(43)}.ics`)).status).toBe(404)
  })

  test('shows nothing of another organisation', async () => {
    const stranger = await running.as('owner', running.app.theirs)
    expect(await eventsOf((await feed(stranger)).path)).toEqual([])
  })
})
