// How strangers subscribe and leave: a form asks, a letter to the address confirms, one click ends it.

import { accountsById } from '../../accounts/session.ts'
import { connectorOf } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { isMark } from '../../lib/sign.ts'
import type { Services } from '../../services.ts'
import { senderOf, subscriberToken } from './issue.ts'
import { awaitsConfirmation, mayBeAsked } from './rules.ts'
import {
  type Asking,
  askAgain,
  insertAsked,
  markConfirmed,
  moveSubscriber,
  type SubscriberRow,
  subscriberAt,
  subscriberById,
} from './store-subscribers.ts'
import { confirmationMail } from './types.ts'

/** The words beside the button of the form: what people agree to. */
export const consentWords = (name: string): string =>
  `I want to receive “${name}” by mail. I can leave at any time by the link in each letter.`

export interface Newsletter {
  orgId: string
  accountId: string
  name: string
}

/** A connected newsletter, for its public pages. null: there is none. */
export async function newsletterAt(
  { db }: Pick<Services, 'db'>,
  orgId: string,
  accountId: string,
): Promise<Newsletter | null> {
  const account = await inOrg(db, orgId, async (tx) => (await accountsById(tx, [[orgId, accountId]])).get(accountId))
  if (account?.state !== 'connected' || !connectorOf(account.connector).toSubscribers) return null
  return { orgId, accountId, name: senderOf(account).name }
}

/**
 * Asks the address to confirm. The same happens, seen from outside, whether it was known or not: a form must not tell who reads
 * what. Who is subscribed already gets no letter.
 */
export async function askToSubscribe(
  services: Pick<Services, 'db' | 'clock' | 'queue'>,
  newsletter: Newsletter,
  given: { address: string; name: string },
): Promise<void> {
  const { orgId, accountId } = newsletter
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const asking = { orgId, accountId, ...given, consent: consentWords(newsletter.name), at }
    const id = (await insertAsked(tx, asking)) ?? (await askKnown(tx, asking))
    if (id) await services.queue.send(tx, confirmationMail, { orgId, subscriberId: id })
  })
}

/** null: no letter is sent now. */
async function askKnown(tx: Tx, asking: Asking): Promise<string | null> {
  const row = await subscriberAt(tx, asking.orgId, asking.accountId, asking.address)
  if (!row || !mayBeAsked({ state: row.state, askedAt: row.asked_at }, asking.at)) return null
  await askAgain(tx, row, asking)
  return row.id
}

export async function writeConfirmation(
  services: Pick<Services, 'db' | 'mailer' | 'config' | 'publicUrl'>,
  { orgId, subscriberId }: { orgId: string; subscriberId: string },
): Promise<void> {
  const facts = await inOrg(services.db, orgId, async (tx) => {
    const row = await subscriberById(tx, orgId, subscriberId)
    const account = row && (await accountsById(tx, [[orgId, row.account_id]])).get(row.account_id)
    return row && account && isAwaited(row) ? { row, sender: senderOf(account) } : null
  })
  if (!facts) return
  const link = `${services.publicUrl}/letters/confirm/${subscriberToken(services, 'confirm', orgId, subscriberId)}`
  const lines = [
    `Somebody, probably you, asked to receive “${facts.sender.name}” at this address.`,
    `Confirm it here:\n${link}`,
    'Without that you hear nothing more from us, and the address is forgotten after two weeks.',
    `${facts.sender.name}, ${facts.sender.imprint}`,
  ]
  await services.mailer.send({
    to: facts.row.address,
    subject: `Please confirm: ${facts.sender.name}`,
    text: `${lines.join('\n\n')}\n`,
  })
}

export interface Holder {
  orgId: string
  subscriberId: string
}

/** Who holds this link; null: nobody we know made it. */
export function holderOf({ config }: Pick<Services, 'config'>, use: 'confirm' | 'leave', token: string): Holder | null {
  const [orgId = '', subscriberId = '', shown = ''] = token.split('.')
  return isMark(config.secrets, `letters ${use}`, `${orgId}.${subscriberId}`, shown) ? { orgId, subscriberId } : null
}

/** For the page that asks: the newsletter's name, and how things stand. null: erased since. */
export function readHolder(
  { db }: Pick<Services, 'db'>,
  holder: Holder,
): Promise<{ name: string; row: SubscriberRow } | null> {
  return inOrg(db, holder.orgId, async (tx) => {
    const row = await subscriberById(tx, holder.orgId, holder.subscriberId)
    const account = row && (await accountsById(tx, [[holder.orgId, row.account_id]])).get(row.account_id)
    return row && account ? { row, name: senderOf(account).name } : null
  })
}

/** Whether the link to confirm still means something. */
export const isAwaited = (row: SubscriberRow): boolean =>
  awaitsConfirmation({ state: row.state, stateSince: row.state_since, askedAt: row.asked_at })

/** Confirming twice is confirming once. Answers whether they are subscribed now. */
export function confirmSubscription({ db, clock }: Pick<Services, 'db' | 'clock'>, holder: Holder): Promise<boolean> {
  const { orgId, subscriberId } = holder
  return inOrg(db, orgId, async (tx) => {
    const row = await subscriberById(tx, orgId, subscriberId)
    const account = row && (await accountsById(tx, [[orgId, row.account_id]])).get(row.account_id)
    if (!row || !account) return false
    if (!isAwaited(row)) return row.state === 'confirmed'
    await markConfirmed(tx, row, consentWords(senderOf(account).name), clock())
    await recordOf(tx, row, 'confirmed', clock())
    return true
  })
}

/** Answers whether the subscriber is known. */
export function leaveNewsletter({ db, clock }: Pick<Services, 'db' | 'clock'>, holder: Holder): Promise<boolean> {
  return inOrg(db, holder.orgId, async (tx) => {
    const row = await subscriberById(tx, holder.orgId, holder.subscriberId)
    if (!row) return false
    if (row.state === 'left') return true
    await moveSubscriber(tx, row, { state: 'left', at: clock() })
    await recordOf(tx, row, 'left', clock())
    return true
  })
}

const recordOf = (tx: Tx, row: SubscriberRow, state: 'confirmed' | 'left', at: Date) =>
  record(tx, row.org_id, { kind: 'network', id: null }, at, {
    verb: `subscriber.${state}`,
    subject: { kind: 'subscriber', id: row.id },
    facts: { accountId: row.account_id },
  })
