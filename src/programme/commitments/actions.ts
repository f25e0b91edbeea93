// Verbs of commitments: promise, and ask in time to renew.

import type { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActors, readAdminIds } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustGoOn, todayOf } from '../actions.ts'
import { findGoingOn } from '../store.ts'
import type { commitmentView } from './contract.ts'
import { commitmentState, daysAhead, spanFault } from './rules.ts'
import { type CommitmentRow, commitmentRows, endingCommitments, insertCommitment } from './store.ts'
import type { CommitmentFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof commitmentView>

export const listCommitments = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    return programme ? show(tx, orgId, await commitmentRows(tx, orgId, programme.id), clock()) : []
  })

/** @throws Refusal `no-programme`, `commitment-too-short`, `commitment-longer-than-a-year`. */
export const promise = ({ db, clock }: Deps, caller: Caller, facts: CommitmentFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    const fault = spanFault(facts)
    if (fault) throw new Refusal(`commitment-${fault}`, { field: 'untilDay' })
    const programme = await mustGoOn(tx, orgId)
    const id = await insertCommitment(tx, orgId, { programmeId: programme.id, facts, by: memberId, at })
    const { fromDay, untilDay, budget, currency, minutesWeekly } = facts
    const told = { fromDay, untilDay, budget, currency, minutesWeekly }
    await record(tx, orgId, actor, at, {
      verb: 'commitment.promised',
      subject: { kind: 'commitment', id },
      facts: told,
    })
    const rows = await commitmentRows(tx, orgId, programme.id)
    return (
      await show(
        tx,
        orgId,
        rows.filter((row) => row.id === id),
        at,
      )
    )[0]!
  })

/** Told once to whoever promised it and to those who run the organisation. */
export async function askToRenew(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>,
): Promise<void> {
  const ending = await asSystem(services.db, (tx) => endingCommitments(tx, services.clock(), daysAhead))
  for (const { org_id: orgId, id, until_day: untilDay, promised_by: by } of ending)
    await inOrg(services.db, orgId, async (tx) => {
      const words =
        'Budget, resources, processes and metrics of the programme hold no longer then. Renew the commitment, or end the programme with its reasons.'
      await notify(tx, services, orgId, {
        ...{
          kind: 'commitment-ending',
          memberIds: [by, ...(await readAdminIds(tx, orgId))],
          quietFor: (daysAhead + 7) * dayMs,
        },
        ...{ subject: { kind: 'commitment', id }, facts: { untilDay } },
        mail: {
          subject: `The commitment to your programme ends on ${untilDay}`,
          text: `${words}\n\nProgramme: ${linkTo(services.publicUrl, orgId, 'programme')}\n`,
        },
      })
    })
}

const dayMs = 86_400_000

async function show(tx: Tx, orgId: string, rows: readonly CommitmentRow[], now: Date): Promise<Shown[]> {
  const today = await todayOf(tx, orgId, now)
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ promised_by }) => promised_by),
  )
  return rows.map((row) => {
    const span = { fromDay: row.from_day, untilDay: row.held_until ?? row.until_day }
    return {
      ...{ id: row.id, ...span, state: commitmentState({ ...span, isReplaced: row.replaced_at !== null }, today) },
      ...{ budget: row.budget, currency: row.currency, minutesWeekly: row.minutes_weekly, resources: row.resources },
      ...{ processes: row.processes, metrics: row.metrics, stops: row.stops },
      ...{ promisedAt: row.promised_at.toISOString(), promisedBy: who(row.promised_by) },
    }
  })
}
