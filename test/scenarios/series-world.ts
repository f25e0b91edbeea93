// What scenarios of series share: a running Longrun with a manager, two accounts, and the words they say often.

import { Temporal } from 'temporal-polyfill'
import { expect } from 'vitest'
import { makeDueOccurrences } from '../../src/publishing/series/make-occurrences.ts'
import { newPost, type Person, type Running, startRunning, textOf } from './world.ts'

export const zone = 'Europe/Berlin'
export const day = 24 * 3600_000

export interface Shown {
  wall: string
  at: string
  movedTo: string | null
  postId: string | null
  state: string | null
  detached: boolean
  leftOut: boolean
  trouble: string | null
}

export interface SeriesWorld {
  running: Running
  lead: Person
  account: { id: string }
  other: { id: string }
}

export async function startSeriesWorld(): Promise<SeriesWorld> {
  const running = await startRunning()
  const lead = await running.as('manager')
  return { running, lead, account: await running.connect(lead), other: await running.connect(lead) }
}

export const text = (what: string) => `${what} ${crypto.randomUUID()}`

/** `of` is asked at each call: the world is made before all tests. */
export function seriesWords(of: () => SeriesWorld) {
  const now = () => of().running.app.services.clock()
  const wallAt = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
  const read = async (id: string) => {
    const answer = await of().lead.call('GET', `/orgs/{org}/series/${id}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  return {
    now,
    make: () => makeDueOccurrences(of().running.app.services),
    /** A time of day, so many days from today. */
    inDays: (days: number, time = '09:00') => `${wallAt(now().getTime() + days * day).slice(0, 10)}T${time}`,
    async begin(words: string, rule: string, wall: string, more: object = {}, person = of().lead) {
      const post = await newPost(person, [of().account.id], textOf(words))
      const input = { postId: post.id, rule, wall, zone, scheduled: true, ...more }
      const answer = await person.call('POST', '/orgs/{org}/series', input)
      return { post, answer, id: answer.body.id as string }
    },
    made: async (id: string): Promise<Shown[]> =>
      (await read(id)).occurrences.filter((each: Shown) => each.postId !== null),
    postOf: async (id: string) => (await of().lead.call('GET', `/orgs/{org}/posts/${id}`)).body,
  }
}
