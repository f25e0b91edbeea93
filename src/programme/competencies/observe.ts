// Verbs of observations: what somebody saw of somebody else's work, in words. Nobody observes themselves.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember, readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { observationView } from './contract.ts'
import { note } from './note.ts'
import {
  findCompetency,
  findObservation,
  insertObservation,
  markObservation,
  type ObservationRow,
  observationRows,
} from './store.ts'
import type { ObservationFacts, ObservationOutcome } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof observationView>

/** That somebody is not there yet is their own business, of whoever saw it, and of those who lead. */
export const listObservations = ({ db }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown[]> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    if (!(await findCompetency(tx, orgId, id))) throw notFound('competency')
    const rows = await observationRows(tx, orgId, id)
    const isForAll = callerMay(caller, 'programme.lead')
    return show(
      tx,
      caller,
      rows.filter(
        ({ outcome, member_id, made_by }) =>
          isForAll || outcome === 'holds' || member_id === memberId || made_by === memberId,
      ),
    )
  })

/** @throws Refusal `not-of-oneself` with its rule, `member-unknown`. */
export const observe = (
  { db, clock }: Deps,
  caller: Caller,
  { id: competencyId, ...facts }: ObservationFacts & { id: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    const rung = await findCompetency(tx, orgId, competencyId)
    if (!rung || rung.removed_at) throw notFound('competency')
    if (facts.memberId === memberId)
      throw new Refusal('not-of-oneself', {
        ...{ field: 'memberId', params: { rule: 'mastery-by-evidence', requirement: 'R0-22' } },
      })
    if (!(await isActiveMember(tx, orgId, facts.memberId))) throw new Refusal('member-unknown', { field: 'memberId' })
    const id = await insertObservation(tx, orgId, { ...facts, competencyId, by: memberId, at })
    // Of whom and what: not in the log, which everybody reads.
    await note(tx, caller, { competencyId, kind: 'observed', facts: { name: rung.name }, at })
    return (await show(tx, caller, [(await findObservation(tx, orgId, id))!]))[0]!
  })

const mark =
  (isTakenBack: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const { orgId, memberId } = caller
      const at = clock()
      const row = await findObservation(tx, orgId, id)
      // Only one's own word: what somebody else saw is theirs.
      if (!row || row.made_by !== memberId) throw notFound('observation')
      if ((row.taken_back_at !== null) !== isTakenBack) {
        await markObservation(tx, orgId, id, isTakenBack ? at : null)
        const name = (await findCompetency(tx, orgId, row.competency_id))?.name ?? ''
        const kind = isTakenBack ? 'observation-taken-back' : 'observation-put-back'
        await note(tx, caller, { competencyId: row.competency_id, kind, facts: { name }, at })
      }
      return (await show(tx, caller, [row]))[0]!
    })

export const takeBackObservation = mark(true)
export const putBackObservation = mark(false)

async function show(tx: Tx, { orgId, memberId }: Caller, rows: readonly ObservationRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.flatMap(({ member_id, made_by }) => [member_id, made_by]),
  )
  return rows.map(({ id, member_id, outcome, said, made_at, made_by }) => ({
    ...{ id, member: who(member_id), outcome: outcome as ObservationOutcome, said },
    ...{ at: made_at.toISOString(), by: who(made_by), isMine: made_by === memberId },
  }))
}
