// Looks for somebody for every conversation that waits for one, and says why it is them, or why nobody. By the rota, one organisation at a time.

import { z } from 'zod'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { may } from '../../people/permissions.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { insertEntry, updateConversation } from '../conversations/store.ts'
import { tendPromises } from '../promises/tend.ts'
import { readLoads } from '../rota/loads.ts'
import { readRota } from '../rota/read-rota.ts'
import { backAt, isAtWork, type Work } from '../rota/rules.ts'
import { noteGiven } from '../rota/store.ts'
import { type Candidate, chooseOwner, type OwnerChoice, type OwnerSettings } from './choose-owner.ts'
import {
  type KeptChoice,
  lockGiving,
  organisationsAsking,
  settleAsked,
  type WaitingRow,
  waitingRows,
  writeChoice,
} from './store-routes.ts'
import { rulesInForce } from './store-rules.ts'
import { tellWhoMustKnow } from './tell-inform.ts'
import type { RoutingSettings } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer'>

/** Sent in a transaction that leaves a conversation without an owner. */
export const giveJob = { name: 'inbox.give', payload: z.object({ orgId: z.uuid().optional() }) }

/** In one transaction, which nobody else waits for long. */
const mostAtOnce = 200
/** In one run the most urgent ones first; then, however many of those nobody can take, those that were asked for longest ago. */
const lots = { urgent: 10, asked: 10 }
/** Who is full or away for an unknown time may be free again at any moment; whoever lacks a skill will not have it so soon. */
const soonMs = 60_000
const laterMs = 10 * 60_000
/** However far away somebody's return is, things change before. */
const longestMs = 3_600_000

/** By the clock: whatever was missed. */
export async function giveEverywhere(services: Deps): Promise<void> {
  const { db, clock } = services
  for (const orgId of await asSystem(db, (tx) => organisationsAsking(tx, clock()))) await giveOwners(services, orgId)
}

/** Answers how many were given to somebody. Whoever was looked at is asked for again later, so each lot is of others. */
export async function giveOwners(services: Deps, orgId: string): Promise<number> {
  const now = services.clock()
  let given = 0
  for (let lot = 0; lot < lots.urgent + lots.asked; lot++) {
    const order = lot < lots.urgent ? 'urgent' : 'asked'
    const done = await giveLot(services, orgId, { order, now })
    given += done.given
    if (done.looked < mostAtOnce) break
  }
  return given
}

const giveLot = (
  services: Deps,
  orgId: string,
  { order, now }: { order: 'urgent' | 'asked'; now: Date },
): Promise<{ looked: number; given: number }> =>
  inOrg(services.db, orgId, async (tx) => {
    await lockGiving(tx, orgId)
    await tellWhoMustKnow(services, tx, orgId, now)
    await settleAsked(tx, orgId, now)
    const waiting = await waitingRows(tx, orgId, now, { order, limit: mostAtOnce })
    if (waiting.length === 0) return { looked: 0, given: 0 }
    const { settings } = await rulesInForce(tx, orgId)
    const people = await candidatesOf(tx, orgId, now)
    const options = ownerSettingsOf(settings, waiting)
    const given: { row: WaitingRow; choice: Extract<OwnerChoice, { kind: 'owner' }> }[] = []
    for (const row of waiting) {
      const choice = chooseOwner(needOf(row), people, options, now)
      if (choice.kind === 'owner') {
        given.push({ row, choice })
        take(people, choice.personId, row.weight, now)
      }
      await keepChoice(tx, orgId, row, choice, now)
    }
    await finish(services, tx, orgId, { waiting, given, now })
    return { looked: waiting.length, given: given.length }
  })

/** Only those who may answer. */
async function candidatesOf(tx: Tx, orgId: string, now: Date): Promise<Candidate[]> {
  const [rota, loads] = [await readRota(tx, orgId), await readLoads(tx, orgId)]
  return [...rota.values()]
    .filter(({ role }) => may(role as Parameters<typeof may>[0], 'inbox.answer'))
    .map((work) => candidateOf(work, loads.get(work.memberId) ?? 0, now))
}

function candidateOf(work: Work, load: number, now: Date): Candidate {
  const there = isAtWork(work, now)
  return {
    ...{ id: work.memberId, departmentIds: work.departmentId === null ? [] : [work.departmentId], load },
    ...{ skills: work.skills, capacity: work.capacity, idleSince: work.givenAt, isAtWork: there },
    backAt: there ? null : backAt(work, now),
  }
}

const needOf = (row: WaitingRow) => ({
  ...{ departmentId: row.department_id, requiredSkills: row.required_skills, additionalSkills: row.additional_skills },
  ...{ weight: row.weight, waitingSince: row.waiting_since, dueAt: row.due_at },
  ...{ stickyOwnerId: row.had_by, declinedIds: row.declined },
})

function ownerSettingsOf(settings: RoutingSettings, waiting: readonly WaitingRow[]): OwnerSettings {
  const demand = new Map<string, number>()
  for (const { required_skills, additional_skills, weight } of waiting)
    for (const skill of new Set([...required_skills, ...additional_skills.map((each) => each.skill)]))
      demand.set(skill, (demand.get(skill) ?? 0) + weight)
  return { dropAfterMs: settings.dropAfterMinutes * 60_000, stickyForMs: settings.stickyForMinutes * 60_000, demand }
}

function take(people: Candidate[], id: string, weight: number, now: Date): void {
  const person = people.find((each) => each.id === id)!
  person.load += weight
  person.idleSince = now
}

async function keepChoice(tx: Tx, orgId: string, { id }: WaitingRow, choice: OwnerChoice, now: Date): Promise<void> {
  await writeChoice(tx, orgId, id, { choice: keptOf(choice), askAt: askAgainAt(choice, now), at: now })
  if (choice.kind === 'nobody') return
  await updateConversation(tx, orgId, id, { owner_id: choice.personId })
  const facts = { from: null, to: choice.personId, reason: choice.reason.code }
  await insertEntry(tx, orgId, id, { kind: 'owner', at: now, by: null, facts })
}

const keptOf = (choice: OwnerChoice): KeptChoice =>
  choice.kind === 'owner'
    ? { kind: 'owner', personId: choice.personId, reason: choice.reason, dropped: choice.dropped }
    : { kind: 'nobody', reason: choice.reason, ruledOut: countWhy(choice) }

/** How many each thing stood against. */
const countWhy = ({ ruledOut }: OwnerChoice): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(ruledOut, ({ why }) => why)].map(([why, people]) => [why, people.length]))

/** null: nobody is looked for any more. */
export function askAgainAt(choice: OwnerChoice, now: Date): Date | null {
  if (choice.kind === 'owner') return null
  const at = (ms: number) => new Date(now.getTime() + ms)
  if (choice.askAgainAt)
    return new Date(Math.max(now.getTime() + 1_000, Math.min(choice.askAgainAt.getTime(), at(longestMs).getTime())))
  return at(choice.reason.code === 'all-full' || choice.reason.code === 'all-away' ? soonMs : laterMs)
}

interface Finishing {
  waiting: readonly WaitingRow[]
  given: readonly { row: WaitingRow; choice: Extract<OwnerChoice, { kind: 'owner' }> }[]
  now: Date
}

async function finish(services: Deps, tx: Tx, orgId: string, { waiting, given, now }: Finishing): Promise<void> {
  await noteGiven(
    tx,
    orgId,
    given.map(({ choice }) => choice.personId),
    now,
  )
  for (const { row, choice } of given)
    await notify(tx, services, orgId, {
      ...{ memberIds: [choice.personId], kind: 'conversation-assigned', facts: { preview: row.preview, note: '' } },
      subject: { kind: 'conversation', id: row.id },
    })
  await tendPromises(
    tx,
    orgId,
    given.map(({ row }) => row.id),
    now,
  )
  await announce(
    tx,
    orgId,
    waiting.map(({ id }) => id),
  )
  const events = given.map(
    ({ row, choice }): NewEvent => ({
      verb: 'conversation.routed',
      subject: { kind: 'conversation', id: row.id },
      facts: { to: choice.personId, because: choice.reason.code },
    }),
  )
  await recordAll(tx, orgId, longrunItself, now, events)
}
