// How strangers subscribe and leave: a form asks, a letter to the address confirms, one click ends it.

import { accountsById } from '../../accounts/session.ts'
import { connectorOf } from '../../connectors/registry.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { isMark } from '../../lib/sign.ts'
import type { Services } from '../../services.ts'
import { senderOf, subscriberToken } from './issue.ts'
import { askAgainMs } from './rules.ts'
import { moveSubscriber, putSubscriber, type SubscriberRow, subscriberAt, subscriberById } from './store-subscribers.ts'
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
    const known = await subscriberAt(tx, orgId, accountId, given.address)
    if (known?.state === 'confirmed') return
    if (known?.state === 'asked' && known.asked_at && at.getTime() - known.asked_at.getTime() < askAgainMs) return
    const asking = {
      state: 'asked',
      source: 'form',
      consent: consentWords(newsletter.name),
      addedBy: null,
      at,
    } as const
    const id = await putSubscriber(tx, known, { orgId, accountId, ...given, ...asking })
    await services.queue.send(tx, confirmationMail, { orgId, subscriberId: id })
  })
}

export async function writeConfirmation(
  services: Pick<Services, 'db' | 'mailer' | 'config' | 'publicUrl'>,
  { orgId, subscriberId }: { orgId: string; subscriberId: string },
): Promise<void> {
  const facts = await inOrg(services.db, orgId, async (tx) => {
    const row = await subscriberById(tx, orgId, subscriberId)
    const account = row && (await accountsById(tx, [[orgId, row.account_id]])).get(row.account_id)
    return row?.state === 'asked' && account ? { row, sender: senderOf(account) } : null
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

/** Confirming twice is confirming once. A link from before somebody left does not bring them back. */
export const confirmSubscription = (services: Pick<Services, 'db' | 'clock'>, holder: Holder): Promise<boolean> =>
  change(services, holder, 'confirmed', (row) => row.state === 'asked')

export const leaveNewsletter = (services: Pick<Services, 'db' | 'clock'>, holder: Holder): Promise<boolean> =>
  change(services, holder, 'left', (row) => row.state !== 'left')

/** Answers whether the subscriber is there; the state changes where `may`. */
function change(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, subscriberId }: Holder,
  state: 'confirmed' | 'left',
  may: (row: SubscriberRow) => boolean,
): Promise<boolean> {
  return inOrg(db, orgId, async (tx: Tx) => {
    const row = await subscriberById(tx, orgId, subscriberId)
    if (!row) return false
    if (!may(row)) return row.state === state
    await moveSubscriber(tx, row, { state, at: clock() })
    await record(tx, orgId, { kind: 'network', id: null }, clock(), {
      verb: `subscriber.${state}`,
      subject: { kind: 'subscriber', id: row.id },
      facts: { accountId: row.account_id },
    })
    return true
  })
}
