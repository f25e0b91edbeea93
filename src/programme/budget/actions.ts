// Verbs of budgets: write a version, ask, take back, decide, take a decision back; what an hour costs.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActiveMembers, readActors } from '../../people/directory.ts'
import { may, type Role } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import type { budgetView, rateView } from './contract.ts'
import { readBudget } from './read-budget.ts'
import { lineFault, stateOf } from './rules.ts'
import {
  type BudgetRow,
  findBudget,
  insertBudget,
  insertVersion,
  lockBudget,
  putRate,
  rateRows,
  updateVersion,
  type VersionRow,
  versionRows,
} from './store.ts'
import type { BudgetLine } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Telling = Deps & Pick<Services, 'queue' | 'mailer' | 'publicUrl'>
type Shown = z.infer<typeof budgetView>

interface Version {
  year: number
  number: number
}

interface NewVersion {
  year: number
  currency: string
  lines: BudgetLine[]
  reason: string
  after: number | null
}

/** @throws Refusal `currency-fixed`, `changed-meanwhile`, `line-twice`, `campaign-unknown` with the field. */
export async function saveBudget(
  services: Deps,
  caller: Caller,
  { year, currency, lines, reason, after }: NewVersion,
): Promise<Shown> {
  const { orgId, memberId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const fault = lineFault(lines, await campaignNames(tx, orgId))
    if (fault) throw new Refusal(fault.code, { field: fault.field })
    await insertBudget(tx, orgId, { year, currency, by: memberId, at })
    const budget = (await lockBudget(tx, orgId, year))!
    if (budget.currency !== currency)
      throw new Refusal('currency-fixed', { field: 'currency', params: { currency: budget.currency } })
    const [last] = await versionRows(tx, orgId, budget.id)
    if ((last?.number ?? null) !== after)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: last?.number ?? 0 } })
    const number = (last?.number ?? 0) + 1
    await insertVersion(tx, orgId, { budget_id: budget.id, number, lines, reason, made_at: at, made_by: memberId })
    await tell(tx, caller, 'budget.written', budget, { number, reason }, at)
  })
  return readBudget(services, caller, { year })
}

/** Those who may approve are told, except whoever asks. @throws Refusal `outrun` for an older version, `decided-already`. */
export const askForBudget = (services: Telling, caller: Caller, { year, number }: Version): Promise<Shown> =>
  change(services, caller, { year, number }, async (tx, budget, version, at) => {
    const { orgId, memberId } = caller
    if ((await versionRows(tx, orgId, budget.id))[0]!.number !== number) throw new Refusal('outrun', { status: 409 })
    mustBe(version, 'draft', 'asked')
    if (version.asked_at) return
    await updateVersion(tx, orgId, version, { asked_at: at, asked_by: memberId })
    await tell(tx, caller, 'budget.asked', budget, { number }, at)
    const approvers = (await readActiveMembers(tx, orgId)).filter(({ role }) => may(role, 'budget.approve'))
    await notify(tx, services, orgId, {
      ...{ kind: 'budget-asked', subject: { kind: 'budget', id: budget.id }, facts: { year, number } },
      memberIds: approvers.map(({ id }) => id).filter((id) => id !== memberId),
      mail: {
        subject: `The budget of ${year} waits for approval`,
        text: `Version ${number}: ${version.reason}\n\nLook at it: ${linkTo(services.publicUrl, orgId, 'programme/budget')}\n`,
      },
    })
  })

export const takeBudgetBack = (services: Telling, caller: Caller, version: Version): Promise<Shown> =>
  change(services, caller, version, async (tx, budget, row, at) => {
    mustBe(row, 'draft', 'asked')
    if (!row.asked_at) return
    await updateVersion(tx, caller.orgId, row, { asked_at: null, asked_by: null })
    await tell(tx, caller, 'budget.taken-back', budget, { number: row.number }, at)
  })

/** @throws Refusal `asked-yourself`, `not-asked`, `decided-already`, `reason-needed` where it is declined. */
export const decideBudget = (
  services: Telling,
  caller: Caller,
  { decision, reason, ...version }: Version & { decision: 'approved' | 'declined'; reason: string },
): Promise<Shown> =>
  change(services, caller, version, async (tx, budget, row, at) => {
    const { orgId, memberId } = caller
    mustBe(row, 'asked')
    if (row.asked_by === memberId || row.made_by === memberId) throw new Refusal('asked-yourself', { status: 409 })
    if (decision === 'declined' && reason.length < 10) throw new Refusal('reason-needed', { field: 'reason' })
    const decided = { decision, decision_reason: reason || null, decided_at: at, decided_by: memberId }
    await updateVersion(tx, orgId, row, decided)
    await tell(tx, caller, `budget.${decision}`, budget, { number: row.number, reason }, at)
    await notify(tx, services, orgId, {
      ...{ kind: `budget-${decision}`, memberIds: [row.asked_by!], subject: { kind: 'budget', id: budget.id } },
      facts: { year: budget.year, number: row.number, reason },
      mail: {
        subject: `The budget of ${budget.year} was ${decision}`,
        text: `Version ${row.number}. ${reason}\n\n${linkTo(services.publicUrl, orgId, 'programme/budget')}\n`,
      },
    })
  })

export const undecideBudget = (services: Telling, caller: Caller, version: Version): Promise<Shown> =>
  change(services, caller, version, async (tx, budget, row, at) => {
    mustBe(row, 'asked', 'approved', 'declined')
    if (!row.decision) return
    const none = { decision: null, decision_reason: null, decided_at: null, decided_by: null }
    await updateVersion(tx, caller.orgId, row, none)
    await tell(tx, caller, 'budget.undecided', budget, { number: row.number }, at)
  })

async function change(
  services: Telling,
  caller: Caller,
  { year, number }: Version,
  work: (tx: Tx, budget: BudgetRow, version: VersionRow, at: Date) => Promise<void>,
): Promise<Shown> {
  const { orgId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const budget = await lockBudget(tx, orgId, year)
    const version = budget && (await versionRows(tx, orgId, budget.id)).find((row) => row.number === number)
    if (!version) throw notFound('budget')
    await work(tx, budget, version, services.clock())
  })
  return readBudget(services, caller, { year })
}

function mustBe(row: VersionRow, ...states: ReturnType<typeof stateOf>[]): void {
  const state = stateOf({ asked: row.asked_at !== null, decision: row.decision })
  if (states.includes(state)) return
  throw new Refusal(state === 'draft' ? 'not-asked' : 'decided-already', { status: 409 })
}

const tell = (
  tx: Tx,
  { orgId, actor }: Caller,
  verb: string,
  { id, year }: BudgetRow,
  facts: Record<string, unknown>,
  at: Date,
) => record(tx, orgId, actor, at, { verb, subject: { kind: 'budget', id }, facts: { year, ...facts } })

/** The currency of the budget of a year. @throws Refusal `no-budget` where nobody wrote one. */
export async function currencyOf(tx: Tx, orgId: string, year: number, field: string): Promise<string> {
  const budget = await findBudget(tx, orgId, year)
  if (!budget) throw new Refusal('no-budget', { field, params: { year } })
  return budget.currency
}

export const listRates = ({ db }: Deps, { orgId }: Caller): Promise<z.infer<typeof rateView>[]> =>
  readInOrg(db, orgId, (tx) => ratesShown(tx, orgId))

interface NewRate {
  role: Role | null
  memberId: string | null
  perHour: number | null
  currency: string
  from: string
}

/** The log says that a rate was set, and not how much: it is read by everybody. @throws Refusal `role-or-person`, `member-not-found`. */
export const setRate = (
  { db, clock }: Deps,
  { orgId, memberId: by, actor }: Caller,
  { role, memberId, perHour, currency, from }: NewRate,
): Promise<z.infer<typeof rateView>[]> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    if ((role === null) === (memberId === null)) throw new Refusal('role-or-person', { field: 'role' })
    if (memberId !== null && !(await isActiveMember(tx, orgId, memberId)))
      throw new Refusal('member-not-found', { field: 'memberId' })
    const rate = { role, member_id: memberId, per_hour: perHour, currency, from_day: from, set_at: at, set_by: by }
    await putRate(tx, orgId, rate)
    const subject = { kind: 'organisation', id: orgId }
    await record(tx, orgId, actor, at, { verb: 'hour-rate.set', subject, facts: role === null ? {} : { role } })
    return ratesShown(tx, orgId)
  })

async function ratesShown(tx: Tx, orgId: string): Promise<z.infer<typeof rateView>[]> {
  const rows = await rateRows(tx, orgId)
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ member_id }) => member_id),
  )
  return rows.map(({ id, role, member_id, per_hour, currency, from_day }) => ({
    ...{ id, role: role as Role | null, member: who(member_id), perHour: per_hour, currency, from: from_day },
  }))
}
