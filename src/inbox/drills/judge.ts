// Verbs of whoever judges what somebody else wrote in a drill: each passes or not, with words; with the last of it the drill is passed or not.

import { inOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { told } from './actions.ts'
import { outcomeOf } from './rules.ts'
import { type AnswerRow, answerRows, type DrillRow, lockDrill, setOutcome, updateAnswer } from './store.ts'
import { type Telling, tellJudged } from './tell.ts'
import type { DrillShown } from './views.ts'

type Deps = Telling & Pick<Services, 'db'>

interface Judging {
  id: string
  answerId: string
  passed: boolean
  note: string
}

/** @throws Refusal `own-drill`, `drill-not-handed-in`, `drill-after-it`. */
export const judgeAnswer = (services: Deps, caller: Caller, { passed, note, ...one }: Judging): Promise<DrillShown> =>
  judging(services, caller, one, (at) => ({ passed, note, judged_at: at, judged_by: caller.memberId }))

/** @throws Refusal as `judgeAnswer`. */
export const unjudgeAnswer = (services: Deps, caller: Caller, one: Pick<Judging, 'id' | 'answerId'>) =>
  judging(services, caller, one, () => ({ passed: null, note: '', judged_at: null, judged_by: null }))

type Judged = Pick<AnswerRow, 'passed' | 'note' | 'judged_at' | 'judged_by'>

const judging = (
  services: Deps,
  caller: Caller,
  { id, answerId }: Pick<Judging, 'id' | 'answerId'>,
  judgement: (at: Date) => Judged,
): Promise<DrillShown> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const row = await lockDrill(tx, caller.orgId, id)
    if (!row) throw notFound('drill')
    if (row.member_id === caller.memberId) throw new Refusal('own-drill', { status: 403, field: 'id' })
    if (row.handed_in_at === null) throw new Refusal('drill-not-handed-in', { status: 409, field: 'id' })
    const answers = await answerRows(tx, caller.orgId, id)
    const found = answers.find((each) => each.id === answerId)
    if (!found) throw notFound('drill-answer')
    const change = judgement(at)
    await updateAnswer(tx, caller.orgId, answerId, change)
    const judged = answers.map((each) => (each.id === answerId ? change.passed : each.passed))
    await settle(services, tx, row, { judged, at })
    const facts = { position: found.position + 1, passed: change.passed }
    const verb = change.passed === null ? 'drill.judgement-withdrawn' : 'drill.judged'
    return told(tx, caller, id, { at, verb, facts })
  })

/** Whoever was judged is told when all of it is, and again where it has turned. */
async function settle(
  services: Deps,
  tx: Tx,
  row: DrillRow,
  { judged, at }: { judged: (boolean | null)[]; at: Date },
): Promise<void> {
  const outcome = outcomeOf(judged, row.pass)
  if (outcome === null && row.ended_at === null) return
  await setOutcome(tx, row.org_id, row.id, outcome && { ...outcome, at: row.ended_at ?? at })
  if (outcome && outcome.passed !== row.passed) await tellJudged(services, tx, row.org_id, { ...row, ...outcome })
}
