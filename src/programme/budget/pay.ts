// What was ordered is paid: it is spent from then on, and no longer committed. Undone, it waits again for the day it was ordered for.

import type { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import type { spendView } from './contract-spend.ts'
import { isCommitted, showSpend } from './spend.ts'
import { lockSpend, settleSpend } from './store-spend.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof spendView>

/** A second time changes nothing. @throws Refusal `never-ordered`, `day-ahead`. */
export const paySpend = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { id, day }: { id: string; day: string },
): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const row = await lockSpend(tx, orgId, id)
    if (!row || row.removed_at) throw notFound('spend')
    if (row.committed_for === null) throw new Refusal('never-ordered', { status: 409 })
    if (!isCommitted(row)) return showSpend(tx, orgId, id)
    if (day > (await todayOf(tx, orgId, at))) throw new Refusal('day-ahead', { field: 'day' })
    await settleSpend(tx, orgId, { id, day, paid: { at, by: memberId } })
    const subject = { kind: 'spend', id }
    await record(tx, orgId, actor, at, { verb: 'spend.paid', subject, facts: { what: row.what } })
    return showSpend(tx, orgId, id)
  })

/** @throws Refusal `never-ordered`. */
export const unpaySpend = ({ db, clock }: Deps, { orgId, actor }: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => {
    const row = await lockSpend(tx, orgId, id)
    if (!row || row.removed_at) throw notFound('spend')
    if (row.committed_for === null) throw new Refusal('never-ordered', { status: 409 })
    if (isCommitted(row)) return showSpend(tx, orgId, id)
    await settleSpend(tx, orgId, { id, day: row.committed_for, paid: null })
    const subject = { kind: 'spend', id }
    await record(tx, orgId, actor, clock(), { verb: 'spend.unpaid', subject, facts: { what: row.what } })
    return showSpend(tx, orgId, id)
  })
