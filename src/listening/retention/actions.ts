// Verbs of how long what was heard is kept: read, change, and let what is older go.

import { sql } from 'kysely'
import { connectorOf } from '../../connectors/registry.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type Gone, removeUnderTopics } from '../mentions/store-write.ts'
import { networksOf } from './rules.ts'
import { type RetentionClass, retention, retentionClasses } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const readRetention = ({ db }: Pick<Services, 'db'>, { orgId }: Caller) =>
  inOrg(db, orgId, (tx) => views(tx, orgId))

async function views(tx: Tx, orgId: string) {
  const rows = await tx.selectFrom('retention_rules').selectAll().where('org_id', '=', orgId).execute()
  return retentionClasses.map((name) => {
    const row = rows.find((each) => each.class === name)
    const { usual, most } = retention[name]
    return {
      ...{ class: name, usual, most, days: Math.min(most, row?.days ?? usual) },
      networks: name === 'private' ? networksOf('private').map((id) => connectorOf(id).name) : [],
      changedAt: row?.changed_at.toISOString() ?? null,
    }
  })
}

/** @throws Refusal where it is longer than the class allows. */
export const changeRetention = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { class: name, days }: { class: RetentionClass; days: number },
) =>
  inOrg(db, orgId, async (tx) => {
    const { most } = retention[name]
    if (days > most) throw new Refusal('kept-too-long', { field: 'days', params: { most } })
    const now = clock()
    const before = (await views(tx, orgId)).find((each) => each.class === name)!.days
    const set = { days, changed_at: now, changed_by: memberId }
    await tx
      .insertInto('retention_rules')
      .values({ org_id: orgId, class: name, ...set })
      .onConflict((conflict) => conflict.columns(['org_id', 'class']).doUpdateSet(set))
      .execute()
    await record(tx, orgId, actor, now, {
      verb: 'retention.changed',
      subject: { kind: 'organisation', id: orgId },
      facts: { class: name, from: before, to: days },
    })
    return views(tx, orgId)
  })

const lot = 5_000

/**
 * What was heard before a rule became shorter carries its old end: it goes by the rule. What is captured may have been said long
 * before it was heard, and is kept from then on.
 */
export async function expireByRules({ db, clock }: Deps): Promise<number> {
  const rules = await asSystem(db, (tx) => tx.selectFrom('retention_rules').selectAll().execute())
  let gone = 0
  for (const { org_id: orgId, class: name, days } of rules) {
    const before = new Date(clock().getTime() - days * 86_400_000)
    for (;;) {
      const went = await asSystem(db, (tx) => expireLot(tx, orgId, name as RetentionClass, before))
      gone += went
      if (went < lot) break
    }
  }
  return gone
}

async function expireLot(tx: Tx, orgId: string, name: RetentionClass, before: Date): Promise<number> {
  const others = [...networksOf('private'), ...networksOf('by-hand')]
  const ofClass =
    name === 'public' ? sql`network <> all(${others}::text[])` : sql`network = any(${networksOf(name)}::text[])`
  const gone = await sql<Gone>`
    delete from mentions where (org_id, at, id) in (select org_id, at, id from mentions
      where org_id = ${orgId} and at <= ${before} and heard_at <= ${before} and ${ofClass} limit ${lot}) returning org_id, at, id, topics`.execute(
    tx,
  )
  await removeUnderTopics(tx, gone)
  return gone.rows.length
}
