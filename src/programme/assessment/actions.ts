// Verbs of assessments: take one, read what was found.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { assessmentView } from './contract.ts'
import { readEvidence } from './read-evidence.ts'
import { findingsOf } from './rules.ts'
import { type AssessmentRow, assessmentRows, insertAssessment } from './store.ts'
import type { Opinions } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof assessmentView>

const mostShown = 20

export const listAssessments = ({ db }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => show(tx, orgId, await assessmentRows(tx, orgId, mostShown)))

/** Opinions come first and are kept as they were given: nobody corrects them by what they see afterwards. */
export async function takeAssessment(
  services: Deps,
  { orgId, memberId, actor }: Caller,
  { opinions }: { opinions: Opinions },
): Promise<Shown> {
  const evidence = await readEvidence(services, orgId)
  return inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const row = { taken_at: at, taken_by: memberId, opinions, evidence }
    const id = await insertAssessment(tx, orgId, row)
    const facts = Object.fromEntries(findingsOf(opinions, evidence).map(({ area, level }) => [area, level]))
    await record(tx, orgId, actor, at, { verb: 'assessment.taken', subject: { kind: 'assessment', id }, facts })
    return (await show(tx, orgId, [{ ...row, id }]))[0]!
  })
}

async function show(tx: Tx, orgId: string, rows: readonly AssessmentRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ taken_by }) => taken_by),
  )
  return rows.map(({ id, taken_at, taken_by, opinions, evidence }) => ({
    ...{ id, takenAt: taken_at.toISOString(), takenBy: who(taken_by) },
    ...{ findings: findingsOf(opinions, evidence), evidence },
  }))
}
