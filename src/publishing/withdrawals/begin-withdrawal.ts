// Begins, stops and repeats a mass withdrawal. The deletions themselves are made by work.ts, one after the other.

import type { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { withdrawalPreview } from './contract.ts'
import { insertItems, insertWithdrawal, lockWithdrawal, previewRows, stopWaiting, waitAgain } from './store.ts'
import { isNarrow, type Selection } from './types.ts'
import { type WithdrawalView, withdrawalViewOf } from './views.ts'
import { withdrawAccount } from './work.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue'>

export async function previewWithdrawal(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { selection }: { selection: Selection },
): Promise<z.infer<typeof withdrawalPreview>> {
  mustBeNarrow(selection)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { accounts, first } = await previewRows(tx, caller.orgId, selection)
    return {
      total: accounts.reduce((sum, { count }) => sum + count, 0),
      accounts: accounts.map(({ account_id, connector, count, by_hand }) => ({
        ...{ accountId: account_id, connector, count, byHand: by_hand },
      })),
      first: first.map((row) => ({
        postId: row.post_id,
        summary: row.summary,
        accountId: row.account_id,
        publishedAt: row.published_at?.toISOString() ?? null,
      })),
    }
  })
}

/** Whoever begins it says how many: what was published or taken away since they looked is not taken along unseen. */
export async function beginWithdrawal(
  services: Deps,
  caller: Caller,
  { selection, reason, count }: { selection: Selection; reason: string; count: number },
): Promise<WithdrawalView> {
  mustBeNarrow(selection)
  const { orgId, memberId } = caller
  return inOrg(services.db, orgId, async (tx) => {
    const now = services.clock()
    const row = { org_id: orgId, id: newId(), reason, selection, begun_at: now, begun_by: memberId }
    const whole = { ...row, stopped_at: null, stopped_by: null, done_at: null }
    await insertWithdrawal(tx, whole)
    const items = await insertItems(tx, whole)
    if (items.count !== count)
      throw new Refusal('count-differs', { status: 409, field: 'count', params: { count: items.count } })
    for (const accountId of items.accountIds)
      await services.queue.send(tx, withdrawAccount, { orgId, accountId }, { key: accountId })
    await record(tx, orgId, caller.actor, now, {
      verb: 'withdrawal.begun',
      subject: { kind: 'withdrawal', id: row.id },
      facts: { reason, count, selection },
    })
    return withdrawalViewOf(tx, orgId, row.id)
  })
}

/** What is being deleted at this moment is deleted; the rest stays where it is. */
export function stopWithdrawal(services: Deps, caller: Caller, { id }: { id: string }): Promise<WithdrawalView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const row = await lockWithdrawal(tx, caller.orgId, id)
    if (!row) throw notFound('withdrawal')
    const now = services.clock()
    const left = row.done_at ? 0 : await stopWaiting(tx, row, caller.memberId, now)
    if (left === 0) throw new Refusal('nothing-waits', { status: 409 })
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'withdrawal.stopped',
      subject: { kind: 'withdrawal', id },
      facts: { left },
    })
    return withdrawalViewOf(tx, caller.orgId, id)
  })
}

export function retryWithdrawal(
  services: Deps,
  caller: Caller,
  { id, variantIds }: { id: string; variantIds?: string[] },
): Promise<WithdrawalView> {
  const { orgId } = caller
  return inOrg(services.db, orgId, async (tx) => {
    const row = await lockWithdrawal(tx, orgId, id)
    if (!row) throw notFound('withdrawal')
    const now = services.clock()
    const accounts = await waitAgain(tx, row, variantIds ?? null, now)
    if (accounts.length === 0) throw new Refusal('nothing-to-retry', { status: 409 })
    for (const accountId of new Set(accounts))
      await services.queue.send(tx, withdrawAccount, { orgId, accountId }, { key: accountId })
    await record(tx, orgId, caller.actor, now, {
      verb: 'withdrawal.retried',
      subject: { kind: 'withdrawal', id },
      facts: { count: accounts.length },
    })
    return withdrawalViewOf(tx, orgId, id)
  })
}

function mustBeNarrow(selection: Selection): void {
  if (!isNarrow(selection)) throw new Refusal('field-needed', { field: 'selection' })
}
