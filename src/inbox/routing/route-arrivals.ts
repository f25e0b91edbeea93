// What becomes of conversations in which somebody just spoke: judged by triage, and led by the rules in force to their department.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { insertEntry, type NewEntry } from '../conversations/store.ts'
import { departmentNames } from '../conversations/store-names.ts'
import { judge } from '../triage/judge.ts'
import { decide, type RoutingDecision } from './rules.ts'
import { markedByPeople, type NewRoute, placedByPeople, routeRows, setAskAt, writeRoutes } from './store-routes.ts'
import { type RulesInForce, rulesInForce } from './store-rules.ts'
import { routingFactsOf, type Subject, subjectRows, topicsOf, type Understood } from './subjects.ts'
import { weightOf } from './weight.ts'
import { becauseLine } from './words.ts'

interface Arrived {
  /** Conversations that have something new. */
  ids: readonly string[]
  /** Of these, those that somebody opened again by speaking. */
  reopened: readonly string[]
  understoodOf: (remoteId: string) => Understood | null | undefined
  /** What was said or changed just now, by the ids of its network. */
  news: readonly string[]
  now: Date
}

/**
 * In the transaction that stores what was said: a conversation is never seen without its judgement, and never routed twice. Rules decide
 * once, and again when it is opened again or was left without a department; never over what a person decided.
 */
export async function routeArrivals(
  tx: Tx,
  orgId: string,
  { ids, reopened, understoodOf, news, now }: Arrived,
): Promise<void> {
  const subjects = (await subjectRows(tx, orgId, ids)).filter(({ contact_id }) => contact_id !== null)
  if (subjects.length === 0) return
  await judge(tx, orgId, subjects, { understoodOf, news, reopened, now })
  const inForce = await rulesInForce(tx, orgId)
  if (inForce.rules.length === 0) return
  const open = await undecided(tx, orgId, subjects, reopened)
  if (inForce.settings.chooseOwners) await lookAgain(tx, orgId, { subjects, open, reopened, now })
  if (open.length === 0) return
  const topics = await topicsOf(tx, orgId, inForce.rules)
  // What was just judged stands in the database: intents are read from there.
  const fresh = await subjectRows(
    tx,
    orgId,
    open.map(({ id }) => id),
  )
  const departments = await departmentNames(tx, orgId)
  const marked = await markedByPeople(
    tx,
    orgId,
    fresh.map(({ id }) => id),
  )
  const routes: NewRoute[] = []
  for (const subject of fresh) {
    const decision = decide(inForce.rules, routingFactsOf(subject, topics))
    routes.push(
      await carryOut(tx, orgId, subject, { decision, departments, inForce, now, marked: marked.get(subject.id) }),
    )
  }
  await writeRoutes(tx, orgId, routes, now)
}

async function undecided(
  tx: Tx,
  orgId: string,
  subjects: readonly Subject[],
  reopened: readonly string[],
): Promise<Subject[]> {
  const ids = subjects.map(({ id }) => id)
  const [routes, byPeople] = [await routeRows(tx, orgId, ids), await placedByPeople(tx, orgId, ids)]
  return subjects.filter(
    ({ id, department_id }) =>
      !byPeople.has(id) && (!routes.has(id) || department_id === null || reopened.includes(id)),
  )
}

interface Looking {
  subjects: readonly Subject[]
  open: readonly Subject[]
  reopened: readonly string[]
  now: Date
}

/** Where a person said where it belongs, and nobody has it now that it is open again. */
async function lookAgain(tx: Tx, orgId: string, { subjects, open, reopened, now }: Looking): Promise<void> {
  for (const subject of subjects) {
    const isLost = subject.owner_id === null && subject.department_id !== null && reopened.includes(subject.id)
    if (isLost && !open.includes(subject)) await setAskAt(tx, orgId, subject.id, now)
  }
}

interface Carrying {
  decision: RoutingDecision
  departments: ReadonlyMap<string, string>
  inForce: RulesInForce
  marked: ReadonlySet<string> | undefined
  now: Date
}

async function carryOut(tx: Tx, orgId: string, subject: Subject, carrying: Carrying): Promise<NewRoute> {
  const { decision, departments, inForce, marked, now } = carrying
  const { id, owner_left } = subject
  // A rule may name a department that was removed since.
  const named = decision.departmentId !== null && departments.has(decision.departmentId) ? decision.departmentId : null
  const departmentId = named ?? subject.department_id
  const ownerId = owner_left ? null : subject.owner_id
  const tags = marked?.has('tags') ? subject.tags : [...new Set([...subject.tags, ...decision.tags])]
  const priority = marked?.has('priority') || !decision.reasons.priority ? subject.priority : decision.priority
  await sql`
    update conversations set department_id = ${departmentId}, owner_id = ${ownerId}, priority = ${priority}, tags = ${tags}::text[]
      where org_id = ${orgId} and id = ${id}`.execute(tx)
  if (departmentId !== subject.department_id) {
    const [from, to] = [subject.department_id, departmentId].map((each) => (each && departments.get(each)) ?? null)
    const facts = {
      from,
      to,
      fromId: subject.department_id,
      toId: departmentId,
      reason: becauseLine(decision.reasons.department!),
    }
    await insertEntry(tx, orgId, id, byRule('department', facts, now))
  }
  if (owner_left) await insertEntry(tx, orgId, id, byRule('owner', { from: subject.owner_id, to: null }, now))
  const wanted = departmentId !== null && ownerId === null && subject.verdict !== 'do-not-answer'
  const askAt = wanted && inForce.settings.chooseOwners ? now : null
  return { id, version: inForce.number, decision, weight: weightOf(subject.conversation_kind), askAt }
}

const byRule = (kind: NewEntry['kind'], facts: NonNullable<NewEntry['facts']>, at: Date): NewEntry => ({
  ...{ kind, at, by: null, facts },
})
