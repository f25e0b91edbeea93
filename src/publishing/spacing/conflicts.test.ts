// What stands against a time, over HTTP: neighbours, the clock, holidays.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPost, type Person, type Running, startRunning, textOf } from '../../../test/scenarios/world.ts'

let running: Running
let lead: Person
let account: { id: string }

beforeAll(async () => {
  running = await startRunning()
  lead = await running.as('owner')
  account = await running.connect(lead)
}, 120_000)
afterAll(() => running?.close())

const zone = 'Europe/Berlin'
/** Next year, so that every time is ahead whatever day it is. */
const year = new Date().getUTCFullYear() + 1

const draftOf = async (text: string) => (await newPost(lead, [account.id], textOf(text))).id as string

async function planned(text: string, wall: string): Promise<string> {
  const id = await draftOf(text)
  const answer = await lead.call('POST', `/orgs/{org}/posts/${id}/schedule`, { when: { kind: 'at', wall, zone } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return id
}

async function conflicts(...moves: object[]) {
  const answer = await lead.call('POST', '/orgs/{org}/posts/conflicts', { moves })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body as { at: string | null; conflicts: { code: string; level: string; params: object }[] }[]
}

const codes = async (...moves: object[]) =>
  (await conflicts(...moves)).map((each) => each.conflicts.map(({ code }) => code))

describe('conflicts of a time', () => {
  test('names the neighbour that comes too near, and leaves its own old place out', async () => {
    const id = await planned('The first of two', `${year}-05-05T10:00`)
    const other = await planned('The second of two', `${year}-05-05T15:00`)
    const [near] = await conflicts({ id: other, wall: `${year}-05-05T10:20`, zone })
    expect(near!.conflicts).toMatchObject([
      {
        code: 'spacing',
        level: 'warning',
        accountId: account.id,
        neighbour: { postId: id, summary: 'The first of two', moving: false },
        params: { apartMinutes: 20, wantedMinutes: 80 },
      },
    ])
    expect(await codes({ id: other, wall: `${year}-05-05T15:10`, zone })).toEqual([[]])
    expect(await codes({ id: other, wall: `${year}-05-05T10:00`, zone })).toEqual([['slot-taken']])
  })

  test('a draft that has a place stands there too', async () => {
    const id = await draftOf('A draft with a place')
    const place = { id, wall: `${year}-05-12T10:00`, zone }
    expect((await lead.call('POST', '/orgs/{org}/bulk/move', { places: [place] })).body.done).toBe(1)
    const [near] = await conflicts({ accountIds: [account.id], wall: `${year}-05-12T10:30`, zone })
    expect(near!.conflicts).toMatchObject([{ code: 'spacing', neighbour: { postId: id } }])
  })

  test('posts that move together are looked at where they go', async () => {
    const one = await planned('Moving one', `${year}-06-01T10:00`)
    const two = await planned('Moving two', `${year}-06-02T10:00`)
    const to = (id: string, wall: string) => ({ id, wall, zone })
    expect(await codes(to(one, `${year}-06-02T10:00`), to(two, `${year}-06-03T10:00`))).toEqual([[], []])
    const together = await conflicts(to(one, `${year}-06-09T10:00`), to(two, `${year}-06-09T10:30`))
    expect(together.map((each) => each.conflicts)).toMatchObject([
      [{ code: 'spacing', neighbour: { postId: two, moving: true } }],
      [{ code: 'spacing', neighbour: { postId: one, moving: true } }],
    ])
  })

  test('tells what the clock says: past, skipped, twice', async () => {
    const move = (wall: string, inZone = zone) => ({ accountIds: [account.id], wall, zone: inZone })
    expect(await codes(move('2020-01-01T10:00'))).toEqual([['past']])
    const [skipped] = await conflicts(move('2037-03-29T02:30'))
    expect(skipped).toEqual({
      id: null,
      at: null,
      conflicts: [
        {
          code: 'never',
          level: 'error',
          accountId: null,
          neighbour: null,
          params: { suggested: '2037-03-29T03:30' },
        },
      ],
    })
    expect(await codes(move('2037-10-25T02:30'))).toEqual([['twice']])
  })

  test('warns of a holiday once places are chosen, in the language asked for', async () => {
    const move = { accountIds: [account.id], wall: `${year}-10-03T10:00`, zone }
    expect(await codes(move)).toEqual([[]])
    const set = await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [{ country: 'DE', state: 'BY' }] })
    expect(set.body).toEqual([{ country: 'DE', state: 'BY', region: null, name: 'Germany, Bayern' }])
    const answer = await lead.call('POST', '/orgs/{org}/posts/conflicts', { moves: [move], language: 'de' })
    expect(answer.body[0].conflicts).toMatchObject([
      { code: 'holiday', level: 'warning', params: { name: 'Tag der Deutschen Einheit' } },
    ])
    const listed = await lead.call('GET', `/orgs/{org}/holidays?from=${year}-10-01&to=${year}-10-31&language=en`)
    expect(listed.body).toContainEqual({
      day: `${year}-10-03`,
      // Editions of the data differ in the English name.
      name: expect.stringMatching(/^(German Unity Day|National Holiday)$/),
      type: 'public',
      place: 'Germany, Bayern',
      country: 'DE',
    })
    await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [] })
  })

  test('keeps the distance that the organisation has set for the kind of post', async () => {
    const id = await planned('Lives for a day', `${year}-08-05T10:00`)
    const owner = await running.as('owner')
    const life = (minutes: number | null) => owner.call('PUT', '/orgs/{org}/stock/shelf-lives/fake/post', { minutes })
    const set = await life(1440)
    expect(set.status, JSON.stringify(set.body)).toBe(200)
    const move = { accountIds: [account.id], wall: `${year}-08-05T20:00`, zone }
    const [near] = await conflicts(move)
    expect(near!.conflicts).toMatchObject([
      { code: 'spacing', neighbour: { postId: id }, params: { apartMinutes: 600, wantedMinutes: 1440 } },
    ])
    await life(null)
    expect(await codes(move)).toEqual([[]])
  })

  test('warns of a hold that would still bind then, and of quiet times', async () => {
    const owner = await running.as('owner')
    const hold = await owner.call('POST', '/orgs/{org}/holds', {
      ...{
        scope: 'account',
        scopeId: account.id,
        reason: 'The ship is late',
        ends: { wall: `${year}-09-03T00:00`, zone },
      },
    })
    expect(hold.status, JSON.stringify(hold.body)).toBe(201)
    const move = (wall: string) => ({ accountIds: [account.id], wall, zone })
    expect(await codes(move(`${year}-09-01T10:00`), move(`${year}-09-05T10:00`))).toEqual([['hold'], []])
    const ended = await owner.call('POST', `/orgs/{org}/holds/${hold.body.hold.id}/end`, {})
    expect(ended.status).toBe(200)

    const lane = await owner.call('POST', '/orgs/{org}/lanes', {
      ...{ name: 'Results', kind: 'ordinary' },
      steps: [{ approvers: [{ kind: 'role', role: 'owner' }], needed: 1 }],
    })
    expect(lane.status, JSON.stringify(lane.body)).toBe(201)
    const guardrail = await owner.call('POST', '/orgs/{org}/guardrails', {
      ...{ name: 'Before the results', kind: 'quiet-period', laneId: lane.body.id, accountIds: [] },
      settings: { from: `${year}-11-02`, to: `${year}-11-16`, zone },
    })
    expect(guardrail.status, JSON.stringify(guardrail.body)).toBe(201)
    const [quiet] = await conflicts(move(`${year}-11-10T10:00`))
    expect(quiet!.conflicts).toMatchObject([
      { code: 'quiet', params: { name: 'Before the results', days: `${year}-11-02 to ${year}-11-16` } },
    ])
    expect(await codes(move(`${year}-11-20T10:00`))).toEqual([[]])
  })

  test('refuses places that are none', async () => {
    for (const place of [{ country: 'XX' }, { country: 'DE', state: 'constructor' }, { country: 'DE', region: 'A' }]) {
      const answer = await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [place] })
      expect([answer.status, answer.body.data]).toMatchObject([422, { code: 'place-not-known', field: 'places.0' }])
    }
  })

  test('of two who choose places at one moment one has the word, whole', async () => {
    const choices = [['DE', 'FR'], ['DE', 'IT'], ['PL'], ['FR', 'PL']]
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        choices.map((countries) =>
          lead.call('PUT', '/orgs/{org}/holiday-places', { places: countries.map((country) => ({ country })) }),
        ),
      )
      expect(answers.map(({ status }) => status)).toEqual(choices.map(() => 200))
      const { body } = await lead.call('GET', '/orgs/{org}/holiday-places')
      expect(choices).toContainEqual(body.map(({ country }: { country: string }) => country))
    }
    await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [] })
  })

  test('days that no calendar program would ask for are answered or refused, never an error of ours', async () => {
    await lead.call('PUT', '/orgs/{org}/holiday-places', {
      places: [{ country: 'DE' }, { country: 'SA' }, { country: 'IL' }],
    })
    for (const [from, to] of [
      ['0001-01-01', '0001-12-31'],
      ['9999-01-01', '9999-12-31'],
      ['0000-01-01', '0000-12-31'],
    ]) {
      const { status } = await lead.call('GET', `/orgs/{org}/holidays?from=${from}&to=${to}`)
      expect(status, from).toBeOneOf([200, 400, 422])
    }
    for (const year of ['0000', '0001', '9999']) {
      const moves = [{ accountIds: [account.id], wall: `${year}-06-01T10:00`, zone }]
      expect((await lead.call('POST', '/orgs/{org}/posts/conflicts', { moves })).status, year).toBeOneOf([
        200, 400, 422,
      ])
    }
    await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [] })
  })

  test('a language of three letters is not the one of its first two', async () => {
    // fil is Filipino, fi is Finnish.
    await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [{ country: 'FI' }] })
    const names = async (language: string) =>
      (
        await lead.call('GET', `/orgs/{org}/holidays?from=${year}-12-06&to=${year}-12-06&language=${language}`)
      ).body.map(({ name }: { name: string }) => name)
    expect(await names('fi')).toContainEqual(expect.stringMatching(/^itsenäisyyspäivä$/i))
    expect(await names('fil')).not.toEqual(await names('sv'))
    await lead.call('PUT', '/orgs/{org}/holiday-places', { places: [] })
  })

  test('posts of another organisation are as if they were not there', async () => {
    const id = await planned('Only ours', `${year}-07-01T10:00`)
    const stranger = await running.as('owner', running.app.theirs)
    const answer = await stranger.call('POST', '/orgs/{org}/posts/conflicts', {
      moves: [{ id, accountIds: [account.id], wall: `${year}-07-01T10:05`, zone }],
    })
    expect(answer.body).toEqual([{ id, at: expect.any(String), conflicts: [] }])
  })
})
