// Promises for tests on the real database: hours, policies, and somebody who says something that wants an answer.

import { sql } from 'kysely'
import { inOrg } from '../../db/tx.ts'
import type { Labels } from '../../listening/mentions/types.ts'
import { currentTime, keep, owner, setNow, world } from '../ground.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'

/** A Tuesday, after the account was connected; 10:00 in Berlin. */
export const tuesday = new Date('2027-01-12T09:00:00Z')

export const at = (minutes: number): Date => new Date(tuesday.getTime() + minutes * minute)

export async function makeHours(name = 'Service'): Promise<string> {
  const week = [1, 2, 3, 4, 5].flatMap((day) => [
    { day, from: '09:00', to: '12:00' },
    { day, from: '13:00', to: '17:00' },
  ])
  const hours = { zone: 'Europe/Berlin', week, holidays: [{ country: 'DE', state: null, region: null }] }
  const made = await owner.call('POST', '/orgs/{org}/business-hours', { name, hours })
  return made.body.id
}

interface Promised {
  name: string
  hoursId?: string | null
  conditions?: object
  targets?: object[]
}

export const policyOf = ({ name, hoursId = null, conditions = {}, targets }: Promised) => ({
  policy: {
    ...{ name, hoursId, conditions, topics: [] },
    targets: targets ?? [{ metric: 'first-reply', minutes: 60, hours: hoursId ? 'business' : 'calendar' }],
  },
})

export async function makePromise(given: Promised): Promise<{ id: string }> {
  const made = await owner.call('POST', '/orgs/{org}/promises', policyOf(given))
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body.at(-1)
}

/** Somebody new says it now; answers the id of the conversation. */
export async function say(
  id: string,
  {
    intent = null,
    author = id,
    ...more
  }: { intent?: string | null; author?: string; replyTo?: string; isOurs?: boolean; at?: Date } = {},
): Promise<string> {
  const person = { id: author, handle: author, name: author, url: null, followers: null }
  const label = (): Labels => ({ language: 'en', sentiment: 0, intent }) as Labels
  await keep([saying(saidOf(id, { author: person, at: currentTime(), ...more }))], label)
  return conversationWith(author)
}

export async function conversationWith(author: string): Promise<string> {
  const rows = await inOrg(world.services.db, world.ours, async (tx) => {
    const found = await sql<{ id: string }>`
      select c.id from conversations c join contact_identities i on i.org_id = c.org_id and i.contact_id = c.contact_id
        where i.remote_id = ${author}`.execute(tx)
    return found.rows
  })
  return rows[0]!.id
}

export const goTo = (minutes: number): void => setNow(at(minutes))

export const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body
export const clocks = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversations/${id}/promises`)).body

/** What was said before an account was connected is owed nothing; it was connected long ago. */
export const connectedLongAgo = (): Promise<unknown> =>
  inOrg(world.services.db, world.ours, (tx) => sql`update accounts set created_at = '2026-01-01T00:00:00Z'`.execute(tx))
