// Carries one claimed variant as far as it goes: clears doubt first, then sends part after part, each permitted and recorded on its own.

import { renewAccount } from '../../accounts/renew.ts'
import { type AccountRow, accountView, sessionFor } from '../../accounts/session.ts'
import type { Connector, Json, MediaFile, Publish, RemoteRef, Session, Submission } from '../../connectors/contract.ts'
import { asConnectorError, ConnectorError } from '../../connectors/errors.ts'
import type { Letters } from '../../connectors/letters.ts'
import { type Db, inOrg } from '../../db/tx.ts'
import type { MediaWish } from '../../media/actions.ts'
import type { Services } from '../../services.ts'
import { partKey } from '../keys.ts'
import { partOf, partRoles, shownAs } from '../rules.ts'
import type { Claimed, PartRow } from './claim.ts'
import { type Ledger, LedgerError } from './ledger.ts'
import { afterLookUp, armedMs, keyLifetimeOf, purposeOf, submitTimeoutMs } from './rules.ts'
import { settleAsked, settleError, settleLookAgain, settleOut, settleSubmission } from './settle.ts'
import { limitsOf, writingOf } from './writing.ts'

export interface Delivery {
  services: Pick<Services, 'db' | 'clock' | 'log' | 'sealer' | 'fetch'> & Partial<Pick<Services, 'mailer'>>
  ledger: Ledger
  connectorOf(id: string): Connector | null
  /** A file as the post shows it and this account's network can take it. */
  media(orgId: string, id: string, wish: MediaWish): Promise<MediaFile>
  /** Takes over what goes to subscribers. Absent: such posts are put off. */
  letters?: (orgId: string, accountId: string) => Letters
  signal: AbortSignal
}

/** What a worker knows about the variant in its hands. `parts` follows the ledger. */
export interface Hands {
  delivery: Delivery
  claimed: Claimed
  connector: Connector
  publish: Publish
  account: AccountRow
  parts: PartRow[]
  refreshed: boolean
  /** The part whose write is on its way. */
  writing: number | null
  /** Since when an earlier write of that part is without an answer. */
  doubtedSince: Date | null
}

/** Another worker, or a person, took the variant: nothing more may be done with it. */
class FenceLost extends Error {}

const prepareTimeoutMs = 10 * 60_000
const heldLookMs = 60_000

export async function workOn(delivery: Delivery, claimed: Claimed): Promise<void> {
  const connector = delivery.connectorOf(claimed.account.connector)
  const publish = writingOf(connector, claimed.answer !== null)
  if (!connector || !publish)
    throw new Error(`${claimed.account.connector} cannot write this, yet something was scheduled for it.`)
  const hands: Hands = {
    delivery,
    claimed,
    connector,
    publish,
    account: claimed.account,
    parts: claimed.parts,
    refreshed: false,
    writing: null,
    doubtedSince: null,
  }
  for (let settled = false; !settled; ) {
    try {
      settled = await advance(hands)
    } catch (error) {
      if (error instanceof FenceLost) return
      if (error instanceof LedgerError) throw error
      settled = await answerError(hands, error)
    }
  }
}

/** One step. Answers whether the variant is settled. */
async function advance(hands: Hands): Promise<boolean> {
  const open = hands.parts.find((part) => part.publishedAt === null && (part.sentAt !== null || part.ref !== null))
  const purpose = purposeOf(hands.parts)
  if (purpose === 'poll') return poll(hands, open!)
  if (purpose === 'look-up') return lookUp(hands, open!)
  const out = hands.parts.filter((part) => part.publishedAt !== null).length
  if (out < partRoles(hands.claimed.draft).length) return send(hands, out)
  await settleOut(hands)
  return true
}

async function send(hands: Hands, position: number): Promise<boolean> {
  const { claimed, publish } = hands
  const key = partKey(claimed.id, claimed.revision, position)
  const part = partOf(claimed.draft, position, { published: hands.parts.map(refOf), ...claimed })
  const prepared = publish.prepare
    ? await publish.prepare(open(hands, prepareTimeoutMs, position), part, key)
    : (part as unknown as Json)
  return submit(hands, position, key, prepared)
}

async function submit(hands: Hands, position: number, key: string, prepared: Json): Promise<boolean> {
  const { claimed, delivery, publish } = hands
  const asked = performance.now()
  const since = hands.parts.find((part) => part.position === position)?.sentAt ?? null
  if (!(await delivery.ledger.arm({ claimed, position, key, prepared, since }))) {
    if (!since) throw new FenceLost()
    // A hold forbids to send again what may be out: it stays in doubt, looked up now and then, until the hold ends.
    await settleLookAgain(hands, position, new Date(delivery.services.clock().getTime() + heldLookMs))
    return true
  }
  const age = () => performance.now() - asked
  if (age() > armedMs - submitTimeoutMs) throw new FenceLost()
  const now = delivery.services.clock()
  remember(hands, { position, key, prepared, sentAt: since ?? now, writtenAt: now })
  hands.writing = position
  hands.doubtedSince = since
  const submission = await publish.submit(whilePermitted(open(hands, submitTimeoutMs, position), age), prepared, key)
  return accept(hands, position, submission)
}

/** A permission ages: a process that slept must not write when another one may already be looking it up. */
function whilePermitted(session: Session, age: () => number): Session {
  return {
    ...session,
    // The timeout alone does not do: after a sleep its timer fires only when what was about to be written has left.
    http: (request) => (age() > armedMs ? Promise.reject(new FenceLost()) : session.http(request)),
  }
}

async function poll(hands: Hands, part: PartRow): Promise<boolean> {
  const { publish } = hands
  if (!publish.poll) throw new ConnectorError({ kind: 'changed', code: 'cannot-poll' })
  return accept(hands, part.position, await publish.poll(open(hands, submitTimeoutMs, part.position), part.ref!))
}

async function lookUp(hands: Hands, part: PartRow): Promise<boolean> {
  const { publish, claimed, delivery } = hands
  const found = publish.find
    ? await publish.find(open(hands, submitTimeoutMs, part.position), part.prepared, part.key, part.sentAt!)
    : null
  if (found?.state === 'published') return accept(hands, part.position, found)
  const next = afterLookUp({
    found,
    keyLifetime: keyLifetimeOf(publish, accountView(hands.account), part.prepared),
    sentAt: part.sentAt!,
    writtenAt: part.writtenAt ?? part.sentAt!,
    now: delivery.services.clock(),
    tries: claimed.tries,
  })
  if (next.kind === 'send-again') return submit(hands, part.position, part.key, part.prepared)
  await (next.kind === 'look-again'
    ? settleLookAgain(hands, part.position, next.at)
    : settleAsked(hands, part.position))
  return true
}

async function accept(hands: Hands, position: number, submission: Submission): Promise<boolean> {
  hands.writing = null
  hands.doubtedSince = null
  const last = position === partRoles(hands.claimed.draft).length - 1
  await settleSubmission(hands, position, submission, last)
  if (submission.state === 'processing') return true
  remember(hands, {
    position,
    publishedAt: hands.delivery.services.clock(),
    ref: null,
    remoteId: submission.id,
    remoteUrl: submission.url,
    proof: submission.proof ?? null,
  })
  return last
}

async function answerError(hands: Hands, thrown: unknown): Promise<boolean> {
  const error = asConnectorError(thrown, hands.writing !== null)
  if (!(thrown instanceof ConnectorError))
    hands.delivery.services.log.error('A connector failed in an unforeseen way', {
      connector: hands.connector.id,
      error: thrown,
    })
  const verdict = await settleError(hands, error)
  if (verdict !== 'refresh') return true
  hands.refreshed = true
  try {
    hands.account = await renewAccount(hands.delivery.services, hands.account)
  } catch (refused) {
    // Still the write that the network refused: the ledger hears that it did nothing.
    await settleError(hands, asConnectorError(refused, false))
    return true
  }
  if (hands.writing !== null) remember(hands, { position: hands.writing, sentAt: hands.doubtedSince })
  hands.writing = null
  return false
}

function open(hands: Hands, timeoutMs: number, position: number): Session {
  const { delivery, account, connector, claimed } = hands
  const signal = AbortSignal.any([delivery.signal, AbortSignal.timeout(timeoutMs)])
  const limits = limitsOf(connector, accountView(account), claimed.answer?.kind ?? null)
  return sessionFor(delivery.services, account, {
    signal,
    media: (id) => delivery.media(claimed.orgId, id, { limits, ...shownAs(claimed.draft, position, id) }),
    taken: (ids) => takenIds(delivery.services.db, claimed, ids),
    ...(delivery.letters ? { letters: delivery.letters(claimed.orgId, account.id) } : {}),
  })
}

/** Which of these remote ids are known to be other posts of this account: a look-up must not mistake them for the lost one. */
function takenIds(db: Db, claimed: Claimed, ids: string[]): Promise<string[]> {
  return inOrg(db, claimed.orgId, async (tx) => {
    const rows = await tx
      .selectFrom('parts')
      .innerJoin('variants', (join) =>
        join.onRef('variants.org_id', '=', 'parts.org_id').onRef('variants.id', '=', 'parts.variant_id'),
      )
      .select('parts.remote_id')
      .where('parts.org_id', '=', claimed.orgId)
      .where('variants.account_id', '=', claimed.account.id)
      .where('parts.remote_id', 'in', ids)
      .execute()
    return rows.flatMap((row) => row.remote_id ?? [])
  })
}

const refOf = (part: PartRow): RemoteRef | null =>
  part.remoteId === null ? null : { id: part.remoteId, url: part.remoteUrl ?? '', proof: part.proof }

const untouched: Omit<PartRow, 'position'> = {
  key: '',
  prepared: null,
  sentAt: null,
  writtenAt: null,
  ref: null,
  remoteId: null,
  remoteUrl: null,
  proof: null,
  publishedAt: null,
}

function remember(hands: Hands, change: Partial<PartRow> & { position: number }): void {
  const known = hands.parts.find((part) => part.position === change.position)
  const others = hands.parts.filter((part) => part.position !== change.position)
  hands.parts = [...others, { ...untouched, ...known, ...change }].sort((a, b) => a.position - b.position)
}
