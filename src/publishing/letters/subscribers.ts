// What members do with the list of a newsletter: look, add people who consented elsewhere, end, forget.

import { z } from 'zod'
import { accountRow } from '../../accounts/session.ts'
import { connectorOf } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { markOf } from '../../lib/sign.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type added, type issueView, parseAddress, type subscriberView } from './contract.ts'
import { senderOf } from './issue.ts'
import { countsOf, listLetters, noCounts } from './store.ts'
import {
  countSubscribers,
  eraseSubscriber,
  listSubscribers,
  moveSubscriber,
  type SubscriberFilter,
  type SubscriberRow,
  statesAt,
  subscribeAll,
  subscriberById,
} from './store-subscribers.ts'
import { type SubscriberState, subscriberStates } from './types.ts'

type Shown = z.infer<typeof subscriberView>
type Outcome = z.infer<typeof added>['outcome']
type Deps = Pick<Services, 'db' | 'clock'>
const place = z.tuple([z.uuid()])

/** @throws Refusal where the account is none, or no newsletter. */
async function mustBeNewsletter(tx: Tx, orgId: string, accountId: string) {
  const account = await accountRow(tx, orgId, accountId)
  if (!connectorOf(account.connector).toSubscribers) throw new Refusal('not-a-newsletter', { field: 'account' })
  return account
}

export function readSubscribers(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  given: Omit<SubscriberFilter, 'after' | 'accountId'> & { account: string; cursor?: string },
): Promise<{ items: Shown[]; nextCursor: string | null }> {
  const after = readCursor(given.cursor, place)?.[0] ?? null
  return inOrg(db, caller.orgId, async (tx) => {
    await mustBeNewsletter(tx, caller.orgId, given.account)
    const rows = await listSubscribers(tx, caller.orgId, {
      ...{ accountId: given.account, state: given.state, q: given.q, after },
      limit: given.limit + 1,
    })
    return pageFrom(rows, given.limit, (row) => [row.id], shown)
  })
}

export function readNewsletter(
  { db, publicUrl, config }: Pick<Services, 'db' | 'publicUrl' | 'config'>,
  caller: Caller,
  { account }: { account: string },
) {
  return inOrg(db, caller.orgId, async (tx) => {
    const row = await mustBeNewsletter(tx, caller.orgId, account)
    const counts = await countSubscribers(tx, caller.orgId, account)
    const where = `${caller.orgId}.${account}`
    return {
      name: senderOf(row).name,
      counts: Object.fromEntries(subscriberStates.map((state) => [state, counts[state] ?? 0])) as Record<
        (typeof subscriberStates)[number],
        number
      >,
      formUrl: `${publicUrl}/letters/join/${where}`,
      bounceUrl: may(caller.role, 'letters.change')
        ? `${publicUrl}/letters/bounces/${where}.${markOf(config.secrets, 'letters bounces', where)}`
        : null,
    }
  })
}

/** Each address has its own outcome, in the order given: a wrong one does not keep the others out. */
export function addSubscribers(
  { db, clock }: Deps,
  caller: Caller,
  given: { account: string; people: { address: string; name: string }[]; consent: string },
): Promise<{ results: z.infer<typeof added>[] }> {
  const people = given.people.map((person) => ({ ...person, known: parseAddress(person.address) }))
  // Whoever stands there twice is added once, by the first line.
  const first = new Map(people.toReversed().flatMap(({ known, name }) => (known ? [[known, name.trim()]] : [])))
  return inOrg(db, caller.orgId, async (tx) => {
    await mustBeNewsletter(tx, caller.orgId, given.account)
    const list = { orgId: caller.orgId, accountId: given.account, consent: given.consent }
    const at = clock()
    const fresh = await subscribeAll(tx, { ...list, addedBy: caller.memberId, at }, first)
    const others = await statesAt(
      tx,
      caller.orgId,
      given.account,
      [...first.keys()].filter((address) => !fresh.has(address)),
    )
    if (fresh.size > 0)
      await record(tx, caller.orgId, caller.actor, at, {
        verb: 'subscribers.added',
        subject: { kind: 'account', id: given.account },
        facts: { count: fresh.size, consent: given.consent },
      })
    return {
      results: people.map(({ address, known }) => ({
        address: known ?? address,
        // The second line of one address finds that the first one did it.
        outcome: !known ? 'not-an-address' : fresh.delete(known) ? 'added' : outcomeOf(others.get(known)),
      })),
    }
  })
}

const outcomeOf = (state: SubscriberState | undefined): Outcome =>
  state === 'left' ? 'left-before' : state === 'complained' ? 'complained-before' : 'already'

export function endSubscription(
  { db, clock }: Deps,
  caller: Caller,
  { account, id }: { account: string; id: string },
): Promise<Shown> {
  return inOrg(db, caller.orgId, async (tx) => {
    const row = await subscriberOf(tx, caller.orgId, account, id)
    if (row.state !== 'left') {
      await moveSubscriber(tx, row, { state: 'left', at: clock() })
      await record(tx, caller.orgId, caller.actor, clock(), {
        verb: 'subscriber.left',
        subject: { kind: 'subscriber', id },
        facts: { accountId: account },
      })
    }
    return shown((await subscriberById(tx, caller.orgId, id))!)
  })
}

export function forgetSubscriber(
  { db, clock }: Deps,
  caller: Caller,
  { account, id }: { account: string; id: string },
): Promise<{ erased: true }> {
  return inOrg(db, caller.orgId, async (tx) => {
    await subscriberOf(tx, caller.orgId, account, id)
    await eraseSubscriber(tx, caller.orgId, id, clock())
    // Without the address: the log is kept for ever, and they asked to be forgotten.
    await record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'subscriber.erased',
      subject: { kind: 'subscriber', id },
      facts: { accountId: account },
    })
    return { erased: true }
  })
}

async function subscriberOf(tx: Tx, orgId: string, accountId: string, id: string): Promise<SubscriberRow> {
  await mustBeNewsletter(tx, orgId, accountId)
  const row = await subscriberById(tx, orgId, id)
  if (row?.account_id !== accountId) throw notFound('subscriber')
  return row
}

export function readIssues(
  { db, publicUrl }: Pick<Services, 'db' | 'publicUrl'>,
  caller: Caller,
  { account }: { account: string },
): Promise<z.infer<typeof issueView>[]> {
  return inOrg(db, caller.orgId, async (tx) => {
    await mustBeNewsletter(tx, caller.orgId, account)
    const rows = await listLetters(tx, caller.orgId, account, 100)
    const counts = await countsOf(
      tx,
      caller.orgId,
      rows.map((row) => row.key),
    )
    return rows.map((row) => ({
      key: row.key,
      accountId: row.account_id,
      subject: row.letter.subject,
      url: `${publicUrl}/letters/issues/${row.key}`,
      begunAt: row.begun_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      ...(counts.get(row.key) ?? noCounts),
    }))
  })
}

const shown = (row: SubscriberRow): Shown => ({
  id: row.id,
  address: row.address,
  name: row.name,
  state: row.state,
  stateSince: row.state_since.toISOString(),
  source: row.source as Shown['source'],
  consent: row.consent,
  confirmedAt: row.confirmed_at?.toISOString() ?? null,
  lastBounce: row.last_bounce,
})
