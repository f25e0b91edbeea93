// Each night: what guards find becomes an alarm, once for each cause until it ends; whoever it concerns is told.

import { asSystem, inOrg, seenBy, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readActiveMembers, readAdminIds } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findGoingOn } from '../store.ts'
import { type Cause, causesOf, type Facts } from './causes.ts'
import { judgeGuards } from './judge.ts'
import { readGuardFacts } from './read-facts.ts'
import { type AlarmRow, guardedOrganisations, insertAlarm, lockGuards, openAlarms, updateAlarm } from './store.ts'
import { moneyCauses } from './types.ts'
import { alarmWords } from './words.ts'

export type WatchServices = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

/** One that fails does not keep the others waiting. */
export async function watchGuards(services: WatchServices & Pick<Services, 'log'>): Promise<void> {
  for (const orgId of await asSystem(services.db, guardedOrganisations))
    await watchOne(services, orgId).catch((error: unknown) =>
      services.log.error('Guards of an organisation could not be watched', { error, orgId }),
    )
}

/** In one transaction: whoever dies in it told nobody. */
export async function watchOne(services: WatchServices, orgId: string): Promise<void> {
  const { facts, settings } = await readGuardFacts(services, orgId)
  const found = causesOf(judgeGuards(facts, settings), settings)
  await inOrg(seenBy(services.db, null), orgId, async (tx) => {
    await lockGuards(tx, orgId)
    // Without a programme nobody asked to be watched, and what was told ends.
    const wanted = (await findGoingOn(tx, orgId)) ? found : []
    const open = new Map((await openAlarms(tx, orgId)).map((row) => [keyOf(row), row]))
    const events: NewEvent[] = []
    for (const cause of wanted) {
      const row = open.get(keyOf(cause))
      open.delete(keyOf(cause))
      events.push(...(row ? await goOn(services, tx, orgId, row, cause) : await begin(services, tx, orgId, cause)))
    }
    const at = services.clock()
    for (const row of open.values()) {
      await updateAlarm(tx, orgId, row.id, { ended_at: at })
      events.push(eventOf('guard-alarm.ended', row.id, row.about_member, row.cause))
    }
    await recordAll(tx, orgId, longrunItself, at, events)
  })
}

const keyOf = ({ cause, subject }: { cause: string; subject: string }): string => `${cause} ${subject}`

async function begin(services: WatchServices, tx: Tx, orgId: string, cause: Cause): Promise<NewEvent[]> {
  const id = await insertAlarm(tx, orgId, cause, services.clock())
  await tell(services, tx, orgId, { id, ...cause })
  return [eventOf('guard-alarm.raised', id, cause.about, cause.cause)]
}

/** Worse is news, and so is what was put off and is still there. */
async function goOn(services: WatchServices, tx: Tx, orgId: string, row: AlarmRow, cause: Cause): Promise<NewEvent[]> {
  const at = services.clock()
  const grew = row.level === 'watch' && cause.level === 'act'
  const asks = row.ask_again_at !== null && row.ask_again_at <= at
  const unanswered = { answer: null, answer_reason: null, answered_at: null, answered_by: null, ask_again_at: null }
  await updateAlarm(tx, orgId, row.id, {
    ...{ facts: JSON.stringify(cause.facts), level: cause.level },
    ...(grew ? { grew_at: at } : {}),
    ...(grew || asks ? unanswered : {}),
  })
  if (!grew && !asks) return []
  await tell(services, tx, orgId, { id: row.id, ...cause })
  return grew ? [eventOf('guard-alarm.grew', row.id, row.about_member, row.cause)] : []
}

/** The log is read by everybody: of an alarm about a person it says not even which it is. */
const eventOf = (verb: string, id: string, about: string | null, cause: string): NewEvent => ({
  verb,
  subject: { kind: 'guard-alarm', id },
  facts: about === null ? { cause } : {},
})

async function tell(services: WatchServices, tx: Tx, orgId: string, alarm: Cause & { id: string }): Promise<void> {
  const { says, todo } = alarmWords(alarm.cause, alarm.facts)
  await notify(tx, services, orgId, {
    ...{ kind: 'guard-alarm', memberIds: await concerned(tx, orgId, alarm) },
    ...{ subject: { kind: 'guard-alarm', id: alarm.id }, facts: { says, todo } satisfies Facts },
    mail: {
      subject: says.length > 120 ? `${says.slice(0, 119)}…` : says,
      text: `${says}.\n\n${todo}\n\nLook at it and answer: ${linkTo(services.publicUrl, orgId, 'programme/guards')}\n`,
    },
  })
}

/** Of a person: that person and those who run the organisation. Otherwise whoever leads; of a team those of its own department who do. */
async function concerned(tx: Tx, orgId: string, { about, cause, subject }: Cause): Promise<string[]> {
  const admins = await readAdminIds(tx, orgId)
  if (about !== null) return [about, ...admins]
  const permission = cause in moneyCauses ? moneyCauses[cause as keyof typeof moneyCauses] : 'programme.lead'
  const leads = (await readActiveMembers(tx, orgId)).filter(({ role }) => may(role, permission))
  const own = cause === 'team-ceiling' ? leads.filter(({ departmentId }) => (departmentId ?? '') === subject) : leads
  return [...admins, ...own.map(({ id }) => id)]
}
