// Tells who answers for an account that its content runs dry: once for each time it does.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import { reservesOf } from './read-stock.ts'
import { type StockAccount, settingsOf } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

/** Answers how many accounts were told of. */
export async function warnOfStock(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, (tx) =>
    tx.selectFrom('accounts').select('org_id').distinct().where('state', '<>', 'disconnected').execute(),
  )
  return oneByOne(services.log, 'Low stock could not be told of', orgs, ({ org_id }) =>
    inOrg(services.db, org_id, (tx) => warnIn(services, tx, org_id)),
  )
}

async function warnIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const now = services.clock()
  const reserves = await reservesOf(tx, orgId, await settingsOf(tx, orgId), now)
  const dry = reserves.filter(({ low }) => low)
  // Also of accounts that were disconnected: when they come back dry, somebody is told again.
  const ids = dry.map(({ account }) => account.id)
  await sql`delete from stock_alerts where org_id = ${orgId} and account_id <> all(${ids}::uuid[])`.execute(tx)
  let count = 0
  for (const { account, days } of dry) {
    const fresh = await tx
      .insertInto('stock_alerts')
      .values({ org_id: orgId, account_id: account.id, told_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('account_id')
      .executeTakeFirst()
    if (!fresh) continue
    await tell(services, tx, account, { orgId, days: days ?? 0 })
    count++
  }
  return count
}

async function tell(
  services: Deps,
  tx: Tx,
  account: StockAccount,
  { orgId, days }: { orgId: string; days: number },
): Promise<void> {
  const { id, name, ready } = account
  const lasts = days < 1 ? 'less than a day' : `${Math.floor(days)} ${Math.floor(days) === 1 ? 'day' : 'days'}`
  await notify(tx, services, orgId, {
    memberIds: await readWhoAnswers(tx, orgId, account.owner_id, account.deputy_id, account.created_by),
    kind: 'stock-low',
    facts: { account: name, days: Math.floor(days), ready },
    subject: { kind: 'account', id },
    mail: {
      subject: `${name}: content for ${lasts} is left`,
      text: `${name} has ${ready} ${ready === 1 ? 'post' : 'posts'} ready. At its pace they last ${lasts}.\n\n${linkTo(services.publicUrl, orgId, 'stock')}\n`,
    },
  })
}
