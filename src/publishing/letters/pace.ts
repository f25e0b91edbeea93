// Keeps the form from being used against strangers: so many letters that ask to confirm, and no more.

import { inOrg } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import type { Newsletter } from './subscribe.ts'

const windowMs = 10 * 60_000
const mostInWindow = 100

/** Counted in the database, so that all processes count together; nobody's network address is kept for it. */
export async function asksTooOften(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, accountId }: Newsletter,
): Promise<boolean> {
  const since = new Date(clock().getTime() - windowMs)
  const { count } = await inOrg(db, orgId, (tx) =>
    tx
      .selectFrom('subscribers')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('org_id', '=', orgId)
      .where('account_id', '=', accountId)
      .where('asked_at', '>', since)
      .executeTakeFirstOrThrow(),
  )
  return Number(count) >= mostInWindow
}
