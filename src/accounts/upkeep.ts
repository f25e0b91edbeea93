// Keeps accounts usable by themselves: renews what can be renewed, announces in time what cannot, reads limits anew each day.

import { sql } from 'kysely'
import { connectorOf } from '../connectors/registry.ts'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { notify } from '../events/notify.ts'
import { linkTo } from '../lib/links.ts'
import type { Services } from '../services.ts'
import { identify } from './actions.ts'
import { requireReconnect } from './health.ts'
import { renewAccount } from './renew.ts'
import type { AccountRow } from './session.ts'

const renewAheadMs = 15 * 60_000
const announceAheadMs = 7 * 24 * 3600_000
const checkEveryMs = 24 * 3600_000

export async function renewExpiring(services: Services): Promise<void> {
  const soon = new Date(services.clock().getTime() + renewAheadMs)
  const rows = await asSystem(services.db, (tx) =>
    tx
      .selectFrom('accounts')
      .selectAll()
      .where('state', '=', 'connected')
      .where('credentials_expire_at', '<', soon)
      .where('renewable', '=', true)
      .execute(),
  )
  // What the network answered is on record in the account; one refusal must not keep the others waiting.
  for (const row of rows)
    await renewAccount(services, row).catch((error) =>
      services.log.warn('Credentials were not renewed', { account: row.id, error }),
    )
}

/** Tells owner and deputy once: a week before an access ends that only a person can renew, and when the network wants a new consent. */
export async function announceTrouble(services: Services): Promise<void> {
  await noteEnded(services)
  const horizon = new Date(services.clock().getTime() + announceAheadMs)
  const rows = await asSystem(services.db, async (tx) => {
    const found = await sql<AccountRow>`
      select * from accounts where
        (state = 'connected' and announced is null and access_ends_at < ${horizon})
        or (state = 'needs-reconnect' and announced is distinct from 'lost')`.execute(tx)
    return found.rows
  })
  for (const row of rows) await announce(services, row)
}

/** What cannot be renewed is over at its end: nobody has to fail with it first. */
async function noteEnded(services: Services): Promise<void> {
  const now = services.clock()
  const ended = (tx: Tx) =>
    tx
      .selectFrom('accounts')
      .select(['org_id', 'id'])
      .where('state', '=', 'connected')
      .where('renewable', '=', false)
      .where('access_ends_at', '<=', now)
  const rows = await asSystem(services.db, (tx) => ended(tx).execute())
  for (const row of rows)
    await inOrg(services.db, row.org_id, async (tx) => {
      // Somebody may have connected it again in between.
      const still = await ended(tx).where('id', '=', row.id).forNoKeyUpdate().executeTakeFirst()
      if (still) await requireReconnect(tx, row.org_id, row.id, 'credentials-expired', now)
    })
}

async function announce(services: Services, row: AccountRow): Promise<void> {
  const kind = row.state === 'connected' ? 'expiring' : 'lost'
  await inOrg(services.db, row.org_id, async (tx) => {
    const mine = await tx
      .updateTable('accounts')
      .set({ announced: kind })
      .where('org_id', '=', row.org_id)
      .where('id', '=', row.id)
      .where((eb) => eb.or([eb('announced', 'is', null), eb('announced', '<>', kind)]))
      .returning('id')
      .executeTakeFirst()
    if (!mine) return
    const people = [row.owner_id ?? row.created_by, ...(row.deputy_id ? [row.deputy_id] : [])]
    const until = row.access_ends_at?.toISOString().slice(0, 10) ?? ''
    const ending = row.renewable
      ? `From ${until} on ${row.name} may ask for a new sign-in. Connect it again before, and no post has to wait.`
      : `The access to ${row.name} ends on ${until} and cannot be renewed by Longrun.`
    const what = kind === 'expiring' ? ending : `${row.name} no longer accepts Longrun. Its posts wait.`
    await notify(tx, services, row.org_id, {
      memberIds: people,
      kind: kind === 'expiring' ? 'account-expiring' : 'account-lost',
      facts: { name: row.name, until, foreseen: row.renewable, reason: row.state_reason },
      subject: { kind: 'account', id: row.id },
      mail: {
        subject:
          kind === 'expiring' ? `${row.name}: connect again before ${until}` : `${row.name}: please connect again`,
        text: `${what}\n\nConnect it again here: ${linkTo(services.publicUrl, row.org_id, `accounts/${row.id}`)}\n`,
      },
    })
  })
}

/** Limits and scopes change on the network's side: each account is asked once a day. */
export async function checkAccounts(services: Services): Promise<void> {
  const before = new Date(services.clock().getTime() - checkEveryMs)
  const rows = await asSystem(services.db, (tx) =>
    tx
      .selectFrom('accounts')
      .selectAll()
      .where('state', '=', 'connected')
      .where((eb) => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<', before)]))
      .orderBy('checked_at')
      .limit(50)
      .execute(),
  )
  for (const row of rows)
    await identify(services, row).catch((error) =>
      services.log.warn('An account could not be checked', {
        account: row.id,
        connector: connectorOf(row.connector).id,
        error,
      }),
    )
}
