// Tells the person who wrote a post that it needs them: refused, in doubt, or waiting for its account. Once for each time.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { notify } from '../events/notify.ts'
import { linkTo } from '../lib/links.ts'
import type { Services } from '../services.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface Troubled {
  post_id: string
  state: 'rejected' | 'unconfirmed' | 'parked'
  summary: string
  member_id: string
  account: string
  /** Parts that are published. */
  out: number
}

const sentences: Record<Troubled['state'], (account: string, out: number) => string> = {
  rejected: (account, out) =>
    out === 0
      ? `${account} did not accept the post. Nothing was published there.`
      : `${account} did not accept the rest of the thread. Its first ${out === 1 ? 'part is' : `${out} parts are`} published there.`,
  unconfirmed: (account) => `Nobody can tell whether the post went out on ${account}. Please look and decide.`,
  parked: (account) => `The post waits until ${account} is connected again.`,
}

/** Answers how many were announced. */
export async function announceTroubledPosts(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, async (tx) => {
    const found = await sql<{ org_id: string }>`select distinct org_id from variants
      where state in ('rejected', 'unconfirmed', 'parked') and announced is distinct from state`.execute(tx)
    return found.rows.map((row) => row.org_id)
  })
  let count = 0
  for (const orgId of orgs) count += await inOrg(services.db, orgId, (tx) => announceIn(services, tx, orgId))
  return count
}

async function announceIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const found = await sql<Troubled>`
    with told as (
      update variants v set announced = v.state
      where v.org_id = ${orgId} and v.state in ('rejected', 'unconfirmed', 'parked') and v.announced is distinct from v.state
      returning v.org_id, v.post_id, v.account_id, v.state, (select count(*)::int from parts r where r.org_id = v.org_id
        and r.variant_id = v.id and r.revision = v.revision and r.published_at is not null) as out)
    select told.out, told.post_id, told.state, p.summary, p.updated_by as member_id, a.name as account
    from told join posts p on p.org_id = told.org_id and p.id = told.post_id join accounts a on a.org_id = told.org_id and a.id = told.account_id`.execute(
    tx,
  )
  for (const each of found.rows) {
    const sentence = sentences[each.state](each.account, each.out)
    await notify(tx, services, orgId, {
      memberIds: [each.member_id],
      kind: `post-${each.state}`,
      facts: { summary: each.summary, account: each.account },
      subject: { kind: 'post', id: each.post_id },
      mail: {
        subject: `${each.account}: a post needs you`,
        text: `${sentence}\n\n“${each.summary}”\n\n${linkTo(services.publicUrl, orgId, `posts/${each.post_id}`)}\n`,
      },
    })
  }
  return found.rows.length
}
