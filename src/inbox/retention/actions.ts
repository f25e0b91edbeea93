// Verbs of how long what people said to us is kept: read, look ahead, change, and let go what is older.

import type { z } from 'zod'
import { inOrgRetried } from '../../db/retry.ts'
import { asSystem, inOrg, readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { record, recordAll } from '../../events/actions.ts'
import { readActors } from '../../people/directory.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import { wallsOf } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import type { keptRule } from './contract.ts'
import { emptyConversations, forgetContacts, removeFiles } from './empty.ts'
import { countGoing, everyRule, type KeptRow, nextGoing, rulesOf, writeRule } from './store.ts'
import { type KeptClass, keptClasses } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof keptRule>

export const readKept = ({ db }: Pick<Services, 'db'>, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, (tx) => shownRules(tx, orgId))

async function shownRules(tx: Tx, orgId: string): Promise<Shown[]> {
  const rows = await rulesOf(tx, orgId)
  const person = await readActors(
    tx,
    orgId,
    rows.map((row) => row.changed_by),
  )
  return keptClasses.map((name) => {
    const row = rows.find((each) => each.class === name)
    return {
      ...{ class: name, days: row?.days ?? null, changedAt: row?.changed_at.toISOString() ?? null },
      changedBy: person(row?.changed_by ?? null),
    }
  })
}

interface Keeping<Days = number> {
  class: KeptClass
  days: Days
}

/** What whoever asks can see of it. People who are in no conversation any more are seen by nobody, and stand behind no wall: all are counted. */
export const previewKept = ({ db, clock }: Deps, { orgId }: Caller, { class: name, days }: Keeping) =>
  readInOrg(name === 'contacts' ? seenBy(db, 'all') : db, orgId, async (tx) => {
    const { count, oldest } = await countGoing(tx, orgId, { class: name, before: daysBefore(clock(), days) })
    return { count, oldestAt: oldest?.toISOString() ?? null }
  })

export const changeKept = (
  { db, clock }: Deps,
  { orgId, memberId, actor }: Caller,
  { class: name, days }: Keeping<number | null>,
): Promise<Shown[]> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const from = (await rulesOf(tx, orgId)).find((row) => row.class === name)?.days ?? null
    if (from !== days) {
      await writeRule(tx, orgId, { class: name, days, at, by: memberId })
      await record(tx, orgId, actor, at, {
        verb: 'inbox-retention.changed',
        subject: { kind: 'organisation', id: orgId },
        facts: { class: name, from, to: days },
      })
    }
    return shownRules(tx, orgId)
  })

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000)

const lot = 200

/**
 * Lot after lot, each with the event that tells of it: whoever dies between two leaves nothing half done. A rule that fails keeps no other one
 * waiting: its turn comes again the next night. Answers how much went.
 */
export async function keepByRules({ db, clock, log }: Deps & Pick<Services, 'log'>): Promise<number> {
  const everything = seenBy(db, 'all')
  let gone = 0
  for (const { org_id: orgId, ...rule } of await asSystem(db, everyRule)) {
    try {
      for (let went = lot; went === lot; gone += went)
        went = await inOrgRetried(everything, orgId, (tx) => letGo(tx, orgId, rule, clock()))
    } catch (error) {
      log.error('What is kept no longer could not be let go', { orgId, class: rule.class, error })
    }
  }
  return gone
}

async function letGo(tx: Tx, orgId: string, { class: name, days }: KeptRow, now: Date): Promise<number> {
  const ids = await nextGoing(tx, orgId, { class: name, before: daysBefore(now, days), limit: lot })
  if (ids.length === 0) return 0
  const kind = { conversations: 'conversation', contacts: 'contact', files: 'media' }[name]
  // Asked while they are there.
  const wallOf = await wallsOf(
    tx,
    orgId,
    ids.map((id) => ({ kind, id })),
  )
  if (name === 'conversations') await emptyConversations(tx, orgId, ids, now)
  else if (name === 'contacts') await forgetContacts(tx, orgId, ids)
  else await removeFiles(tx, orgId, ids, now)
  const events = [...Map.groupBy(ids, (id) => wallOf({ kind, id }))].map(([wallId, some]) => ({
    verb: 'inbox-retention.let-go',
    ...{ wallId, subject: { kind: 'organisation', id: orgId }, facts: { class: name, count: some.length, days } },
  }))
  await recordAll(tx, orgId, longrunItself, now, events)
  return ids.length
}
