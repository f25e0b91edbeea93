// Carries mass withdrawals out: for each account one post after the other, at a small pace, as its network allows. May be killed anywhere.

import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { noteResults } from '../../accounts/health.ts'
import type { SessionServices } from '../../accounts/session.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { Refusal } from '../../lib/refusal.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { loadOut, noteRemoved, type Removable, removeAll } from '../remove-variant.ts'
import { changePosts } from '../store.ts'
import type { Reason } from '../types.ts'
import { type Outcome, outcomeOf, paceMs } from './rules.ts'
import { closeIfDone, dueAccounts, endItem, postpone, putItemOff, type Taken, takeNext } from './store.ts'

export type WithdrawServices = SessionServices & Pick<Services, 'queue' | 'mailer' | 'publicUrl'>

/** Enqueued whenever an account gets something to do; a sweep finds what was left by a process that died. */
export const withdrawAccount = {
  name: 'publishing.withdraw',
  payload: z.object({ orgId: z.uuid(), accountId: z.uuid() }),
}

/** A job ends after so many, so that a restart never waits for a long one. */
const mostAtOnce = 100

interface Account {
  orgId: string
  accountId: string
}

/** Answers how many posts it looked at. */
export async function workOnAccount(services: WithdrawServices, account: Account, pace = paceMs): Promise<number> {
  const { orgId, accountId } = account
  for (let count = 0; count < mostAtOnce; count++) {
    const item = await inOrg(services.db, orgId, (tx) => takeNext(tx, orgId, accountId, services.clock()))
    if (!item) return count
    if (count > 0) await sleep(pace)
    await workOnItem(services, item)
  }
  await services.queue.send(services.db, withdrawAccount, account, { key: accountId })
  return mostAtOnce
}

/** Looks after what waits: a rest that is over, a try that is due again, work whose process died. */
export async function resumeWithdrawals(services: Pick<Services, 'db' | 'clock' | 'queue'>): Promise<number> {
  return asSystem(services.db, async (tx) => {
    const due = await dueAccounts(tx, services.clock())
    for (const { org_id: orgId, account_id: accountId } of due)
      await services.queue.send(tx, withdrawAccount, { orgId, accountId }, { key: accountId })
    return due.length
  })
}

async function workOnItem(services: WithdrawServices, item: Taken): Promise<void> {
  const remover = {
    orgId: item.org_id,
    memberId: item.begun_by,
    actor: { kind: 'member', id: item.begun_by } as const,
  }
  const asked = { id: item.post_id, variant: item.variant_id, now: services.clock() }
  let out: Removable
  try {
    out = await changePosts(services.db, item.org_id, (tx) => loadOut(tx, remover, asked))
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused
    return settle(services, item, refusedOutcome(refused))
  }
  if (out.account.state !== 'connected')
    return settle(services, item, { kind: 'end', state: 'by-hand', reason: { code: 'account-not-connected' } })
  try {
    await removeAll(services, out.account, out.parts)
  } catch (thrown) {
    const error = asConnectorError(thrown, false)
    return settle(services, item, outcomeOf(error, { tries: item.tries, now: services.clock() }), error.code)
  }
  await changePosts(services.db, item.org_id, async (tx) => {
    const now = services.clock()
    await endItem(tx, item, 'done', null, now)
    const closed = await closeIfDone(tx, item.org_id, item.withdrawal_id, now)
    if (closed) await tellDone(tx, services, item)
    await noteRemoved(tx, remover, out, now)
    if (closed) await recordDone(tx, item, now)
  })
}

/** What Longrun itself says about a post before any network is asked. */
function refusedOutcome({ code, params }: Refusal): Outcome {
  const reason: Reason = { code }
  if (code === 'not-found' || (code === 'not-published' && params.state === 'removed'))
    return { kind: 'end', state: 'gone', reason: null }
  if (code === 'linked-by-hand' || code === 'network-cannot-delete') return { kind: 'end', state: 'by-hand', reason }
  return { kind: 'end', state: 'refused', reason }
}

function settle(services: WithdrawServices, item: Taken, outcome: Outcome, failure?: string): Promise<void> {
  const { org_id: orgId, account_id: accountId } = item
  return inOrg(services.db, orgId, async (tx) => {
    const now = services.clock()
    if (outcome.kind === 'later') {
      await putItemOff(tx, item, outcome.at, outcome.reason)
      if (outcome.account) await postpone(tx, orgId, accountId, outcome.at)
    } else await endItem(tx, item, outcome.state, outcome.reason, now)
    if (failure) {
      const rest = outcome.kind === 'later' && outcome.account ? { restUntil: outcome.at } : {}
      await noteResults(tx, [{ orgId, accountId, ok: false, failure, ...rest }], now)
    }
    if (outcome.kind === 'later')
      return services.queue.send(tx, withdrawAccount, { orgId, accountId }, { key: accountId, startAfter: outcome.at })
    if (!(await closeIfDone(tx, orgId, item.withdrawal_id, now))) return
    await tellDone(tx, services, item)
    await recordDone(tx, item, now)
  })
}

const recordDone = (tx: Tx, item: Taken, now: Date) =>
  record(tx, item.org_id, longrunItself, now, {
    verb: 'withdrawal.done',
    subject: { kind: 'withdrawal', id: item.withdrawal_id },
  })

const tellDone = (tx: Tx, services: WithdrawServices, item: Taken) =>
  notify(tx, services, item.org_id, {
    memberIds: [item.begun_by],
    kind: 'withdrawal-done',
    subject: { kind: 'withdrawal', id: item.withdrawal_id },
    mail: {
      subject: 'The withdrawal is done',
      text: `Nothing of it waits any more. What was refused or is left to a person stands here:\n\n${linkTo(services.publicUrl, item.org_id, `withdrawals/${item.withdrawal_id}`)}\n`,
    },
  })
