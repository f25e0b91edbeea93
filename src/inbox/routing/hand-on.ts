// Handing a conversation to another department: why is said, it is not played back and forth, and somebody there is looked for.

import { sql } from 'kysely'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { ConversationRow } from '../conversations/store.ts'
import { giveJob } from './give.ts'
import { type HandOver, handOverFault } from './hand-over.ts'
import { decide } from './rules.ts'
import { routeRows, setAskAt, writeRoutes } from './store-routes.ts'
import { rulesInForce } from './store-rules.ts'
import { routingFactsOf, subjectRows, topicsOf } from './subjects.ts'
import { leadsWhoMayKnow } from './tell-inform.ts'
import { weightOf } from './weight.ts'

export interface Handing {
  departmentId: string | null
  note: string
}

/**
 * Out of a department only with a reason. Whoever leads decides what goes back and forth; to everybody else that is refused.
 * @throws Refusal `reason-missing`, `ping-pong`.
 */
export async function mustBeHandable(
  tx: Tx,
  caller: Caller,
  conversation: ConversationRow,
  { departmentId: to, note }: Handing,
): Promise<void> {
  const from = conversation.department_id
  if (from === null) return
  if (note === '') throw new Refusal('reason-missing', { field: 'note' })
  if (to === null || callerMay(caller, 'routing.change')) return
  const past = await pastHandOvers(tx, caller.orgId, conversation.id)
  const fault = handOverFault({ from, to }, { past, lastWordAt: conversation.last_at })
  if (fault) throw new Refusal(fault.code, { status: 409, field: 'departmentId', params: fault.params })
}

/** By people, in order. */
async function pastHandOvers(tx: Tx, orgId: string, conversationId: string): Promise<HandOver[]> {
  const found = await sql<HandOver>`
    select facts ->> 'fromId' as from, facts ->> 'toId' as to, at from conversation_entries
      where org_id = ${orgId} and conversation_id = ${conversationId} and kind = 'department' and by is not null
        and facts ->> 'fromId' is not null and facts ->> 'toId' is not null order by at, id`.execute(tx)
  return found.rows
}

/** Refused to whoever tried; a lead is told, once until something new is said, in a transaction of its own. */
export function raisePingPong(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'mailer'>,
  caller: Caller,
  id: string,
) {
  const { orgId } = caller
  return inOrg(services.db, orgId, async (tx) => {
    const now = services.clock()
    const raised = await sql<{ preview: string; department_id: string | null }>`
      update conversation_routes r set raised_at = ${now} from conversations c
        where r.org_id = ${orgId} and r.conversation_id = ${id} and c.org_id = r.org_id and c.id = r.conversation_id
          and (r.raised_at is null or r.raised_at <= c.last_at)
        returning c.preview, c.department_id`.execute(tx)
    const [row] = raised.rows
    if (!row) return
    await notify(tx, services, orgId, {
      memberIds: await leadsWhoMayKnow(tx, orgId, id, row.department_id),
      ...{ kind: 'conversation-ping-pong', facts: { preview: row.preview } },
      subject: { kind: 'conversation', id },
    })
    await record(tx, orgId, caller.actor, now, { verb: 'conversation.stopped', subject: { kind: 'conversation', id } })
  })
}

export interface Placed {
  departmentId: string | null
  ownerId: string | null
  /** Whether somebody is looked for, where nobody has it. */
  look: boolean
  now: Date
}

/**
 * After a person said where it belongs or who has it. Skills that rules of the department before asked for stay there; those of its new
 * department, and those that every department must have, such as a language, go on.
 */
export async function placeByPerson(
  services: Pick<Services, 'queue'>,
  tx: Tx,
  { org_id: orgId, id, department_id: before, kind }: ConversationRow,
  { departmentId, ownerId, look, now }: Placed,
): Promise<void> {
  const inForce = await rulesInForce(tx, orgId)
  const wanted =
    look && ownerId === null && departmentId !== null && inForce.settings.chooseOwners && inForce.number > 0
  const askAt = wanted ? now : null
  const known = await routeRows(tx, orgId, [id])
  if (known.has(id) && departmentId === before) await setAskAt(tx, orgId, id, askAt)
  else {
    const [subject] = await subjectRows(tx, orgId, [id])
    const rules = inForce.rules
      .filter(({ rule: { actions } }) => actions.departmentId === null || actions.departmentId === departmentId)
      .map(({ id: ruleId, rule }) => ({ id: ruleId, rule: { ...rule, afterwards: 'go-on' as const } }))
    const facts = subject && routingFactsOf(subject, await topicsOf(tx, orgId, rules))
    const { requiredSkills, additionalSkills, reasons } = facts ? decide(rules, facts) : nothing
    const kept = known.get(id)?.reasons
    const decision = {
      ...{ requiredSkills, additionalSkills },
      reasons: { ...reasons, department: null, priority: kept?.priority ?? null, tags: kept?.tags ?? [] },
    }
    await writeRoutes(tx, orgId, [{ id, version: inForce.number, decision, weight: weightOf(kind), askAt }], now)
  }
  if (wanted) await services.queue.send(tx, giveJob, { orgId }, { key: orgId })
}

const nothing = {
  requiredSkills: [],
  additionalSkills: [],
  reasons: { department: null, priority: null, skills: [], tags: [] },
}

/** Nobody is of every department. */
export const isOfDepartment = async (
  tx: Tx,
  orgId: string,
  memberId: string | null,
  departmentId: string,
): Promise<boolean> =>
  memberId === null ||
  (await readActiveMembers(tx, orgId)).some((member) => member.id === memberId && member.departmentId === departmentId)
