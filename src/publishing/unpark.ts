// Takes up posts that waited for an account: what lies ahead keeps its time, what was missed is shown to a person.

import { sql } from 'kysely'
import { connectors } from '../connectors/registry.ts'
import { asSystem } from '../db/tx.ts'
import { recordAll } from '../events/actions.ts'
import { longrunItself } from '../people/types.ts'
import type { Services } from '../services.ts'
import type { Answering } from './answers/types.ts'
import { refreshPostStates } from './delivery/claim.ts'
import { toldEvent } from './delivery/told.ts'
import type { VariantState } from './types.ts'

/** This late, a post still means what it meant when it was planned. */
const graceMs = 10 * 60_000

interface Moved {
  org_id: string
  post_id: string | null
  answer: Pick<Answering, 'id' | 'conversationId'> | null
  id: string
  account_id: string
  state: VariantState
}

const known = connectors.map(({ id }) => id)

/** Posts in doubt go on to their look-up whatever the time is: whether they are out has to be known. */
export async function unparkPosts({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<number> {
  return asSystem(db, async (tx) => {
    const now = clock()
    const stillMeant = new Date(now.getTime() - graceMs)
    const { rows } = await sql<Moved>`
      with back as (
        select v.org_id, v.id, v.due_at, exists (select from parts p where p.org_id = v.org_id and p.variant_id = v.id and p.revision = v.revision
          and p.published_at is null and (p.sent_at is not null or p.ref is not null)) as open
        from variants v join accounts a on a.org_id = v.org_id and a.id = v.account_id
        where v.state = 'parked' and a.state = 'connected' and a.connector = any(${known}) for update of v skip locked)
      update variants v set state_since = ${now}, tries = 0, announced = null,
        state = case when b.open then 'looking-up' when v.due_at > ${stillMeant} then 'scheduled' else 'held' end,
        wake_at = case when b.open then ${now} when v.due_at > ${stillMeant} then greatest(v.due_at, ${now}) end,
        reason = case when not b.open and v.due_at <= ${stillMeant} then '{"code":"missed-while-disconnected"}'::jsonb end
      from back b where v.org_id = b.org_id and v.id = b.id
      returning v.org_id, v.post_id, v.id, v.account_id, v.state,
        (select jsonb_build_object('id', w.id, 'conversationId', w.conversation_id) from answers w where w.org_id = v.org_id and w.id = v.answer_id) as answer`.execute(
      tx,
    )
    await refreshPostStates(
      tx,
      rows.map((row) => [row.org_id, row.post_id]),
    )
    for (const [orgId, moved] of Map.groupBy(rows, (row) => row.org_id))
      await recordAll(tx, orgId, longrunItself, now, moved.map(resumed))
    return rows.length
  })
}

const resumed = ({ post_id, answer, id, account_id, state }: Moved) =>
  toldEvent({ postId: post_id, answer, variantId: id, accountId: account_id }, 'resumed', { state })
