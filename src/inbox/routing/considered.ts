// Verbs of what was thought of one conversation: see it with its reasons, say what it is, say its priority and tags.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import type { OneOfMany } from '../conversations/one-of-many.ts'
import {
  type ConversationRow,
  findConversation,
  insertEntry,
  lockConversation,
  updateConversation,
} from '../conversations/store.ts'
import { tendPromises } from '../promises/tend.ts'
import type { Priority } from '../promises/types.ts'
import { judgeAgain } from '../triage/judge.ts'
import { type TriageRow, triageRows } from '../triage/store.ts'
import type { TriageAnswers, TriageQuestion } from '../triage/types.ts'
import type { considered } from './contract.ts'
import { type KeptChoice, type RouteRow, routeRows } from './store-routes.ts'
import { subjectRows } from './subjects.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Considered = z.infer<typeof considered>

export const readConsidered = ({ db }: Pick<Deps, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const conversation = await findConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    return consideredShown(tx, conversation)
  })

async function consideredShown(
  tx: Tx,
  { org_id: orgId, id }: Pick<ConversationRow, 'org_id' | 'id'>,
): Promise<Considered> {
  const conversation = await findConversation(tx, orgId, id)
  const [triage, route] = [(await triageRows(tx, orgId, [id])).get(id), (await routeRows(tx, orgId, [id])).get(id)]
  const choice = route?.choice ?? null
  const person = await readActors(tx, orgId, [
    triage?.answered_by ?? null,
    choice?.kind === 'owner' ? choice.personId : null,
  ])
  const { verdict, way } = conversation ?? { verdict: null, way: null }
  return {
    triage: triage && verdict ? { ...triageShown(triage), verdict, way, answeredBy: person(triage.answered_by) } : null,
    route: route ? routeShown(route) : null,
    // Whoever has it by now was perhaps chosen by a person.
    choice: choice && isOfNow(choice, conversation?.owner_id ?? null) ? choiceShown(route!, choice, person) : null,
  }
}

const isOfNow = (choice: KeptChoice, ownerId: string | null): boolean =>
  choice.kind === 'owner' ? choice.personId === ownerId : ownerId === null

const triageShown = ({ kind, by, reason, considerations, open, answers, assessed_at }: TriageRow) => ({
  ...{ kind, by, reason, considerations, open, answers, assessedAt: assessed_at.toISOString() },
})

const routeShown = (route: RouteRow): NonNullable<Considered['route']> => ({
  ...{ version: route.version, decidedAt: route.decided_at.toISOString(), ...route.reasons, weight: route.weight },
  ...{ requiredSkills: route.required_skills, additionalSkills: route.additional_skills },
})

function choiceShown(
  { chosen_at, ask_at }: RouteRow,
  choice: KeptChoice,
  person: Awaited<ReturnType<typeof readActors>>,
): NonNullable<Considered['choice']> {
  const isOwner = choice.kind === 'owner'
  return {
    ...{ owner: isOwner ? person(choice.personId) : null, code: choice.reason.code },
    skills: isOwner ? choice.reason.keptFree : choice.reason.skills,
    dropped: isOwner ? choice.dropped : [],
    ...{ of: isOwner ? choice.reason.of : null, loadAfter: isOwner ? choice.reason.loadAfter : null },
    ...{ at: chosen_at!.toISOString(), askAgainAt: ask_at?.toISOString() ?? null },
  }
}

/** @throws Refusal `nothing-to-judge` where nobody said anything that is still there. */
export const judgeConversation = (
  { db, clock }: Deps,
  { orgId, memberId: by, actor }: Caller,
  { id, answers: given }: { id: string; answers: Partial<TriageAnswers> },
): Promise<Considered> =>
  inOrg(db, orgId, async (tx) => {
    const now = clock()
    const conversation = await lockConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    const [subject] = await subjectRows(tx, orgId, [id])
    if (!subject) throw new Refusal('nothing-to-judge', { status: 409, field: 'id' })
    const before = (await triageRows(tx, orgId, [id])).get(id)?.answers ?? {}
    const answers = { ...before, ...given }
    await judgeAgain(tx, orgId, subject, { answers, by, now })
    const said = (Object.keys(given) as TriageQuestion[]).filter((each) => given[each] !== before[each])
    const shown = await consideredShown(tx, conversation)
    const facts = { to: shown.triage?.kind ?? null, from: null, reason: said.join(', ') }
    await insertEntry(tx, orgId, id, { kind: 'triage', at: now, by, facts })
    await announce(tx, orgId, [id])
    const judged = { verdict: shown.triage?.verdict ?? null, said }
    await recordAll(tx, orgId, actor, now, [eventOf('conversation.judged', id, judged)])
    return shown
  })

const eventOf = (verb: string, id: string, facts: Record<string, unknown>): NewEvent => ({
  ...{ verb, subject: { kind: 'conversation', id }, facts },
})

interface Marks {
  priority: Priority
  tags: string[]
}

interface Marking extends Omit<OneOfMany, 'isOneOfMany'> {
  id: string
  priority?: Priority | undefined
  tags?: string[] | undefined
  /** The same, told from what it has at that moment. */
  of?: (before: Marks) => Partial<Marks>
}

export const markConversation = (
  { db, clock }: Deps,
  { orgId, memberId: by, actor }: Caller,
  { id, begin, end, of, ...said }: Marking,
): Promise<Marks> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const before = await lockConversation(tx, orgId, id)
    if (!before) throw notFound('conversation')
    await begin?.(tx, before)
    const { priority, tags: given } = of ? of(before) : said
    const tags = given && [...new Set(given)]
    const after = { priority: priority ?? before.priority, tags: tags ?? before.tags }
    await updateConversation(tx, orgId, id, after)
    const events: NewEvent[] = []
    if (after.priority !== before.priority) {
      const facts = { from: before.priority, to: after.priority }
      await insertEntry(tx, orgId, id, { kind: 'priority', at, by, facts })
      events.push(eventOf('conversation.prioritised', id, facts))
    }
    if (after.tags.join('\n') !== before.tags.join('\n')) {
      const facts = { from: before.tags.join(', '), to: after.tags.join(', ') }
      await insertEntry(tx, orgId, id, { kind: 'tags', at, by, facts })
      events.push(eventOf('conversation.tagged', id, { tags: after.tags }))
    }
    if (events.length > 0) {
      await tendPromises(tx, orgId, [id], at)
      await announce(tx, orgId, [id])
    }
    await end?.(tx)
    await recordAll(tx, orgId, actor, at, events)
    return after
  })
