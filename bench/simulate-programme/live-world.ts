// What the parts of a lived year share: who is there, which sessions stand, and an answer that must be a good one.

import { inOrg } from '../../src/db/tx.ts'
import type { Answer, TestApp, TestSession } from '../../test/world/app.ts'
import type { Year } from './truth.ts'
import type { World } from './worlds.ts'

export const path = '/orgs/{org}/programme'
/** A Monday. */
export const begin = '2027-01-04'
/** Weeks from one question to the planner, and one review, to the next. */
export const month = 4

export interface JumpingClock {
  setNow(at: Date): void
  /** For what is done in it another moment counts. */
  during<Told>(at: Date, work: () => Promise<Told>): Promise<Told>
}

export interface Live extends JumpingClock {
  app: TestApp
  world: World
  year: Year
  people: TestSession[]
  /** By channel. */
  accounts: Map<string, string>
  /** What a session took, by its id. */
  spent: Map<string, number>
  /** For which everybody waited for the planner. */
  planner: { seconds: number }
}

export const activities = { post: 'short-post', article: 'blog-post', video: 'short-video' } as const

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

export async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

export interface Row {
  id: string
  programme_id: string
  item: string
  part: number
  parts: number
  member_id: string | null
  activity: string
  channel: string | null
  minutes: number
  on_day: string | null
  state: string
}

/** The line of work that a session or a line of a plan is of; -1: none. */
export const lineOf = ({ lines }: World, { channel, activity }: { channel: string | null; activity: string }): number =>
  lines.findIndex((line) => line.channel === channel && activities[line.kind] === activity)

export const sessionRows = ({ app, people }: Live, from: string, to: string): Promise<Row[]> =>
  inOrg(app.services.db, people[0]!.orgId, (tx) =>
    tx
      .selectFrom('plan_sessions')
      .select([
        'id',
        'programme_id',
        'item',
        'part',
        'parts',
        'member_id',
        'activity',
        'channel',
        'minutes',
        'on_day',
        'state',
      ])
      .where('org_id', '=', people[0]!.orgId)
      .where('on_day', '>=', from)
      .where('on_day', '<=', to)
      .orderBy('on_day')
      .orderBy('id')
      .execute(),
  )
