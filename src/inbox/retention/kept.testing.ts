// For tests of what is kept: people whose every word and name can be found again in the whole database, rules, and nights that pass.

import { expect } from 'vitest'
import { seenBy } from '../../db/tx.ts'
import { currentTime, owner, setNow, world } from '../ground.testing.ts'
import { minute, saidOf, saying } from '../said.testing.ts'
import { keepByRules } from './actions.ts'

const dayMs = 1_440 * minute
export const secret = 'zwetschgenmus'
const by = (id: string) => ({ id, handle: id, name: `${id} of ${secret}`, url: null, followers: null })

/** They are in the address of what they say, as networks have it. */
export function says(id: string, person = id, more: { at?: Date; replyTo?: string } = {}) {
  const url = `https://practice.example/@${person}-of-${secret}`
  const where = { ref: { id, url: `${url}/${id}` }, root: { id: 'post', url } }
  return saying(saidOf(id, { author: by(person), text: `${secret} of ${person}`, ...where, ...more }))
}

export const rule = (name: string, days: number | null, session = owner) =>
  session.call('PUT', '/orgs/{org}/inbox-retention', { class: name, days })
export const run = (more: Partial<Parameters<typeof keepByRules>[0]> = {}) =>
  keepByRules({ ...world.services, db: seenBy(world.services.db, 'all'), ...more })
export const later = (days: number) => setNow(new Date(currentTime().getTime() + days * dayMs))

export async function idOf(name: string): Promise<string> {
  const { items } = (await owner.call('GET', '/orgs/{org}/conversations?state=all&limit=100')).body
  return items.find((each: { contact: { name: string } }) => each.contact.name.startsWith(`${name} `)).id
}

export const contactOf = async (name: string): Promise<string> =>
  (await owner.call('GET', `/orgs/{org}/conversations/${await idOf(name)}`)).body.contact.id

export async function closed(name: string): Promise<string> {
  const id = await idOf(name)
  const { status } = await owner.call('POST', `/orgs/{org}/conversations/${id}/state`, {
    to: 'closed',
    reason: 'no-answer-needed',
  })
  expect(status).toBe(200)
  return id
}

/** Where in the whole database somebody's words or name are left. */
export async function traces(name: string): Promise<string[]> {
  const tables = await world.database.owner.query<{ name: string }>(
    `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const table of tables.rows) {
    const { rows } = await world.database.owner.query(
      `select 1 from "${table.name}" t where t::text like '%' || $1 || '%' limit 1`,
      [name],
    )
    if (rows.length > 0) found.push(table.name)
  }
  return found.sort()
}
