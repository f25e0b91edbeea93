// What other rules would have decided of the last conversations: both on the same facts, so that what differs comes of the rules alone.

import { sql } from 'kysely'
import type { z } from 'zod'
import { readInOrg, type Tx } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { departmentNames } from '../conversations/store-names.ts'
import type { routingContract } from './contract.ts'
import { mustBeUsable } from './rule-actions.ts'
import { decide, type RoutingDecision } from './rules.ts'
import { rulesInForce } from './store-rules.ts'
import { routingFactsOf, subjectRows, topicsOf } from './subjects.ts'
import type { NamedRule } from './types.ts'
import { becauseLine } from './words.ts'

type Tried = z.infer<(typeof routingContract)['routing']['try']['~orpc']['outputSchema'] & z.ZodType>
type Outcome = Tried['items'][number]['before']

export const lookedAt = 1_000
const mostShown = 100

export const tryRules = (
  { db }: Pick<Services, 'db'>,
  { orgId }: Caller,
  { rules }: { rules: NamedRule[] },
): Promise<Tried> =>
  readInOrg(db, orgId, async (tx) => {
    await mustBeUsable(tx, orgId, rules)
    const inForce = await rulesInForce(tx, orgId)
    const newest = await newestConversations(tx, orgId)
    const subjects = await subjectRows(
      tx,
      orgId,
      newest.map(({ id }) => id),
    )
    const topics = await topicsOf(tx, orgId, [...rules, ...inForce.rules])
    const departments = await departmentNames(tx, orgId)
    const decided = new Map(
      subjects.map((subject) => {
        const facts = routingFactsOf(subject, topics)
        return [subject.id, { before: decide(inForce.rules, facts), after: decide(rules, facts) }]
      }),
    )
    const show = outcomeShower(departments)
    const looked = newest.flatMap(({ id, name, preview }) => {
      const of = decided.get(id)
      return of ? [{ id, with: name, preview, before: show(of.before), after: show(of.after) }] : []
    })
    const changed = looked.filter(({ before, after }) => keyOf(before) !== keyOf(after))
    return {
      ...{ looked: looked.length, changed: changed.length, items: changed.slice(0, mostShown) },
      departments: countDepartments(looked, departments),
      used: countUsed([...decided.values()].map(({ after }) => after)),
    }
  })

/** Of each state the newest, so that an index finds them however many there are. */
async function newestConversations(tx: Tx, orgId: string): Promise<{ id: string; name: string; preview: string }[]> {
  const found = await sql<{ id: string; name: string; preview: string }>`
    select c.id, coalesce(p.name, '') as name, c.preview from (
        select newest.* from unnest(array['open', 'snoozed', 'closed']) state, lateral (select id, last_at, contact_id, preview from conversations
          where org_id = ${orgId} and conversations.state = state.state and contact_id is not null order by last_at desc, id desc limit ${lookedAt}) newest
        order by newest.last_at desc, newest.id desc limit ${lookedAt}) c
      left join contacts p on p.org_id = ${orgId} and p.id = c.contact_id
      order by c.last_at desc, c.id desc`.execute(tx)
  return found.rows
}

const outcomeShower =
  (departments: ReadonlyMap<string, string>) =>
  (decision: RoutingDecision): Outcome => {
    const { departmentId, reasons } = decision
    const name = departmentId === null ? undefined : departments.get(departmentId)
    return {
      department: name === undefined ? null : { id: departmentId!, name },
      ...{ priority: decision.priority, tags: decision.tags, skills: decision.requiredSkills },
      because: reasons.department ? becauseLine(reasons.department) : '',
    }
  }

const keyOf = ({ department, priority, tags, skills }: Outcome): string =>
  JSON.stringify([department?.id ?? null, priority, tags.toSorted(), skills.toSorted()])

function countDepartments(
  looked: readonly { before: Outcome; after: Outcome }[],
  departments: ReadonlyMap<string, string>,
): Tried['departments'] {
  const ids = [...departments.keys(), null]
  const count = (side: 'before' | 'after', id: string | null) =>
    looked.filter((each) => (each[side].department?.id ?? null) === id).length
  return ids
    .map((id) => ({
      department: id === null ? null : { id, name: departments.get(id)! },
      ...{ before: count('before', id), after: count('after', id) },
    }))
    .filter(({ before, after }) => before + after > 0)
}

function countUsed(decisions: readonly RoutingDecision[]): Tried['used'] {
  const times = new Map<string, number>()
  for (const { reasons } of decisions) {
    const all = [reasons.department, reasons.priority, ...reasons.skills, ...reasons.tags]
    for (const ruleId of new Set(all.flatMap((each) => each?.ruleId ?? [])))
      times.set(ruleId, (times.get(ruleId) ?? 0) + 1)
  }
  return [...times].map(([ruleId, count]) => ({ ruleId, times: count }))
}
