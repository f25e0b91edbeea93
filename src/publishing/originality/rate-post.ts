// How useful members find a post, from 1 to 5: one voice each, which can be changed or taken back.

import { sql } from 'kysely'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findPost } from '../store.ts'

export interface Usefulness {
  /** null: nobody rated it. */
  mean: number | null
  n: number
  mine: number | null
}

export const usefulnessOf = (
  services: Pick<Services, 'db'>,
  caller: Caller,
  { id }: { id: string },
): Promise<Usefulness> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    await mustBePost(tx, caller.orgId, id)
    return read(tx, caller, id)
  })

export function ratePost(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, rating }: { id: string; rating: number | null },
): Promise<Usefulness> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await mustBePost(tx, caller.orgId, id)
    const at = services.clock()
    const key = { org_id: caller.orgId, post_id: id, member_id: caller.memberId }
    if (rating === null)
      await tx
        .deleteFrom('usefulness_ratings')
        .where((eb) => eb.and(key))
        .execute()
    else
      await tx
        .insertInto('usefulness_ratings')
        .values({ ...key, rating, rated_at: at })
        .onConflict((conflict) =>
          conflict.columns(['org_id', 'post_id', 'member_id']).doUpdateSet({ rating, rated_at: at }),
        )
        .execute()
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'post.rated',
      subject: { kind: 'post', id },
      facts: { rating },
    })
    return read(tx, caller, id)
  })
}

async function mustBePost(tx: Tx, orgId: string, id: string): Promise<void> {
  const found = await findPost(tx, orgId, id)
  if (!found || found.post.deleted_at) throw notFound('post')
}

async function read(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<Usefulness> {
  const found = await sql<Usefulness>`
    select avg(rating)::float8 as mean, count(*)::int as n, max(rating) filter (where member_id = ${memberId}) as mine
    from usefulness_ratings where org_id = ${orgId} and post_id = ${id}`.execute(tx)
  return found.rows[0]!
}
