// After a restore: what came due since the backup may have gone out from the installation that was, so a person is asked first.

import { sql } from 'kysely'
import type { Draft } from '../connectors/contract.ts'
import type { Tx } from '../db/tx.ts'
import { recordAll } from '../events/actions.ts'
import { longrunItself } from '../people/types.ts'
import type { Answering } from './answers/types.ts'
import { answering, itsPostOrAnswer, refreshPostStates } from './delivery/claim.ts'
import { toldEvent } from './delivery/told.ts'
import { partKey } from './keys.ts'
import { partRoles } from './rules.ts'
import type { Reason } from './types.ts'

interface Doubtful {
  org_id: string
  id: string
  post_id: string | null
  answer: Answering | null
  account_id: string
  revision: number
  content: Draft
}

const reason: Reason = { code: 'restored-from-backup' }

/** Runs in a system transaction. Answers how many variants now wait for a person; what lies ahead keeps its time. */
export async function doubtRestored(tx: Tx, now: Date): Promise<number> {
  const found = await sql<Doubtful>`
    select v.org_id, v.id, v.post_id, v.account_id, v.revision, coalesce(v.frozen, v.content, p.content, said.content) as content,
      ${answering} as answer
    from variants v ${itsPostOrAnswer}
    where v.due_at <= ${now} and (v.state in ('scheduled', 'sending', 'processing', 'looking-up', 'parked')
      -- The hold may have ended there, and what it stopped gone out.
      or v.state = 'held' and (v.hold_id is not null or v.reason->>'code' = 'missed-while-on-hold'))
    order by v.org_id, v.id for update of v`.execute(tx)
  if (found.rows.length === 0) return 0
  await markParts(tx, found.rows, now)
  await sql`
    update variants v set state = 'unconfirmed', reason = ${JSON.stringify(reason)}, state_since = ${now},
      wake_at = null, worker_id = null, lease_until = null, hold_id = null
    where (v.org_id, v.id) in (select * from unnest(${found.rows.map((row) => row.org_id)}::uuid[], ${found.rows.map((row) => row.id)}::uuid[]))`.execute(
    tx,
  )
  await refreshPostStates(
    tx,
    found.rows.map((row) => [row.org_id, row.post_id]),
  )
  for (const [orgId, rows] of Map.groupBy(found.rows, (row) => row.org_id)) {
    const events = rows.map((row) =>
      toldEvent(
        { postId: row.post_id, answer: row.answer, variantId: row.id, accountId: row.account_id },
        'unconfirmed',
        reason,
      ),
    )
    await recordAll(tx, orgId, longrunItself, now, events)
  }
  return found.rows.length
}

/** Every part that is not known to be out counts as sent and unanswered: the person's answer then settles it like any other. */
async function markParts(tx: Tx, rows: Doubtful[], now: Date): Promise<void> {
  const parts = rows.flatMap((row) =>
    partRoles(row.content).map((_, position) => ({
      org: row.org_id,
      id: row.id,
      revision: row.revision,
      position,
      key: partKey(row.id, row.revision, position),
    })),
  )
  await sql`
    insert into parts (org_id, variant_id, revision, position, key, sent_at)
    select org, id, revision, position, key, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(org uuid, id uuid, revision int, position int, key text)
    on conflict (org_id, variant_id, revision, position) do update set sent_at = coalesce(parts.sent_at, excluded.sent_at)
      where parts.published_at is null`.execute(tx)
}
