// Tells who answers for an account that its content runs dry: once for each time it does.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import type { Services } from '../../services.ts'
import { accountStocks } from './read-stock.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

/** Answers how many accounts were told of. */
export async function warnOfStock(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, (tx) =>
    tx.selectFrom('accounts').select('org_id').distinct().where('state', '<>', 'disconnected').execute(),
  )
  let count = 0
  for (const { org_id } of orgs) count += await inOrg(services.db, org_id, (tx) => warnIn(services, tx, org_id))
  return count
}

async function warnIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const now = services.clock()
  const stocks = await accountStocks(tx, orgId, now)
  const enough = stocks.filter(({ low }) => !low).map(({ accountId }) => accountId)
  if (enough.length > 0)
    await tx.deleteFrom('stock_alerts').where('org_id', '=', orgId).where('account_id', 'in', enough).execute()
  let count = 0
  for (const { accountId, days, ready } of stocks.filter(({ low }) => low)) {
    const fresh = await tx
      .insertInto('stock_alerts')
      .values({ org_id: orgId, account_id: accountId, told_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('account_id')
      .executeTakeFirst()
    if (!fresh) continue
    await tell(services, tx, orgId, { accountId, days: days ?? 0, ready })
    count++
  }
  return count
}

async function tell(
  services: Deps,
  tx: Tx,
  orgId: string,
  { accountId, days, ready }: { accountId: string; days: number; ready: number },
): Promise<void> {
  const account = await tx
    .selectFrom('accounts')
    .select(['name', 'owner_id', 'deputy_id', 'created_by'])
    .where('org_id', '=', orgId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  const lasts = days < 1 ? 'less than a day' : `${Math.floor(days)} ${Math.floor(days) === 1 ? 'day' : 'days'}`
  await notify(tx, services, orgId, {
    memberIds: [account.owner_id ?? account.deputy_id ?? account.created_by],
    kind: 'stock-low',
    facts: { account: account.name, days: Math.floor(days), ready },
    subject: { kind: 'account', id: accountId },
    mail: {
      subject: `${account.name}: content for ${lasts} is left`,
      text: `${account.name} has ${ready} ${ready === 1 ? 'post' : 'posts'} ready. At its pace they last ${lasts}.\n\n${linkTo(services.publicUrl, orgId, 'stock')}\n`,
    },
  })
}
