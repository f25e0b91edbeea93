// Verbs of the plan: read, try, adopt.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import { memberNames } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import { campaignNames } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { mustGoOn, todayOf } from '../actions.ts'
import { findGoingOn, lockProgramme } from '../store.ts'
import type { planView } from './contract.ts'
import { type Outlook, outlookInForce, readOutlook } from './outlook.ts'
import { insertPlan, type PlanRow, planRows } from './store.ts'
import type { CadenceLines } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof planView>

const mostVersions = 50

export async function readPlan(
  services: Deps,
  { orgId }: Caller,
): Promise<{ today: string; plan: Shown | null; outlook: Outlook | null }> {
  const { today, plan } = await readInOrg(services.db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    const rows = programme ? await planRows(tx, orgId, programme.id, 1) : []
    return { today: await todayOf(tx, orgId, services.clock()), plan: (await show(tx, orgId, rows))[0] ?? null }
  })
  return { today, plan, outlook: plan && (await outlookInForce(services, orgId, plan.lines)) }
}

export const previewPlan = async (
  services: Deps,
  { orgId }: Caller,
  { lines }: { lines: CadenceLines },
): Promise<Outlook> => (await readOutlook(services, orgId, lines)).outlook

export const listVersions = ({ db }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    return programme ? show(tx, orgId, await planRows(tx, orgId, programme.id, mostVersions)) : []
  })

interface Adopting {
  lines: CadenceLines
  reason: string
  /** The version it was made from. */
  after: number | null
  /** Done with it or not at all. */
  also?: (tx: Tx, number: number) => Promise<unknown>
}

/** @throws Refusal `no-programme`, `member-unknown` and `campaign-unknown` with the field, `changed-meanwhile`, and as trying it does. */
export async function adoptPlan(
  services: Deps,
  caller: Caller,
  { lines, reason, after, also }: Adopting,
): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  const { outlook, ground, from } = await readOutlook(services, orgId, lines)
  return inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const programme = await mustGoOn(tx, orgId)
    await mustBeKnown(tx, orgId, lines)
    await lockProgramme(tx, orgId, programme.id)
    const [last] = await planRows(tx, orgId, programme.id, 1)
    if ((last?.number ?? null) !== after)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: last?.number ?? 0 } })
    await mustKnowCampaigns(tx, orgId, { lines, before: last?.cadence.lines ?? [] })
    const number = (last?.number ?? 0) + 1
    const row: PlanRow = {
      number,
      cadence: { from, lines },
      ground,
      weeks: outlook.weeks,
      reason,
      made_at: at,
      made_by: memberId,
    }
    await insertPlan(tx, orgId, programme.id, row)
    await also?.(tx, number)
    const subject = { kind: 'programme', id: programme.id }
    await record(tx, orgId, actor, at, { verb: 'plan.adopted', subject, facts: { version: number, reason } })
    return (await show(tx, orgId, [row]))[0]!
  })
}

/** A line that was there before stays, whatever became of its campaign. */
async function mustKnowCampaigns(
  tx: Tx,
  orgId: string,
  { lines, before }: { lines: CadenceLines; before: CadenceLines },
): Promise<void> {
  const known = await campaignNames(tx, orgId)
  for (const { campaignId } of before) if (campaignId) known.set(campaignId, '')
  const index = lines.findIndex(({ campaignId }) => campaignId && !known.has(campaignId))
  if (index >= 0) throw new Refusal('campaign-unknown', { field: `lines.${index}.campaignId` })
}

/** Who has left may stay in a line: the plan says that they take no part. */
async function mustBeKnown(tx: Tx, orgId: string, lines: CadenceLines): Promise<void> {
  const known = await memberNames(
    tx,
    orgId,
    lines.flatMap(({ people = [] }) => people),
  )
  for (const [index, { people = [] }] of lines.entries())
    for (const [at, id] of people.entries())
      if (!known.has(id)) throw new Refusal('member-unknown', { field: `lines.${index}.people.${at}` })
}

async function show(tx: Tx, orgId: string, rows: readonly PlanRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ made_by }) => made_by),
  )
  return rows.map(({ number, cadence, weeks, reason, made_at, made_by }) => ({
    ...{ number, lines: cadence.lines, from: cadence.from, planned: weeks, reason },
    ...{ madeAt: made_at.toISOString(), madeBy: who(made_by) },
  }))
}
