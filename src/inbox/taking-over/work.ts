// Makes a conversation of what was heard: asked at its network outside of any transaction, stored as the account's own reading would, once.

import { placeOf } from '../../accounts/places.ts'
import { withFreshCredentials } from '../../accounts/renew.ts'
import { type AccountRow, type SessionServices, sessionFor } from '../../accounts/session.ts'
import type { HeardPlace, Inbox, Said } from '../../connectors/converse.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { findConnector } from '../../connectors/registry.ts'
import { retried } from '../../db/retry.ts'
import { inOrg, readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { storable } from '../../lib/storable.ts'
import {
  holdHandOn,
  type MentionToTake,
  mentionToTake,
  noteNotTaken,
  noteTakenOver,
  type ToTakeOver,
} from '../../listening/handing-on/for-inbox.ts'
import { lockConversation } from '../conversations/store.ts'
import { keepTold } from '../reading/keep-batch.ts'
import { storedMessages } from '../reading/store.ts'
import { understandingOf } from '../reading/understanding.ts'
import { noteInConversation } from './note.ts'
import { afterRefusal, decidedByPeople, type NotTaken, saidOfHeard, withoutAccountYet } from './rules.ts'
import { answeringAccount, holdReading, messageOf, type There } from './store.ts'

const askTimeoutMs = 20_000

type Found = { said: Said; account: AccountRow | null } | 'there' | NotTaken

/** Whoever comes second finds it done, and does nothing. */
export async function takeOver(services: SessionServices, handOn: ToTakeOver): Promise<void> {
  const { orgId } = handOn
  const db = seenBy(services.db, 'all')
  const mention = await readInOrg(db, orgId, (tx) => mentionToTake(tx, orgId, handOn.mentionId))
  const found = mention ? await find(services, handOn, mention) : decidedByPeople('not-there-any-more')
  if (found !== 'there' && 'failure' in found) {
    await inOrg(db, orgId, async (tx) => {
      if (await holdHandOn(tx, handOn)) await noteNotTaken(tx, handOn, found)
    })
    return
  }
  const keeping =
    found === 'there' ? null : { ...found, mention: mention!, understood: await understandingOf([found.said]) }
  await retried(() =>
    inOrg(db, orgId, async (tx) => {
      if (!(await holdHandOn(tx, handOn))) return
      const now = services.clock()
      const kept = keeping ? await keep(tx, handOn, { ...keeping, now }) : await held(tx, orgId, placeIn(mention!))
      // What was there is gone: it stays due, and is looked up at its network then.
      if (!kept) return
      await noteInConversation(tx, handOn, { isNew: false, ...kept, now })
      await noteTakenOver(tx, handOn, now)
    }),
  )
}

/** Under the id by which it was heard, or the one that it has where it is answered. */
const placeIn = ({ id, network, heard }: MentionToTake, remoteId = heard.id) => ({ mentionId: id, network, remoteId })

async function find(services: SessionServices, handOn: ToTakeOver, mention: MentionToTake): Promise<Found> {
  const { orgId, accountId, anyway, tries } = handOn
  const { heard, network, fault } = mention
  if (fault !== null && !(anyway && fault === 'author-not-to-be-contacted')) return decidedByPeople(fault)
  const [there, account] = await readInOrg(seenBy(services.db, 'all'), orgId, async (tx) => [
    await messageOf(tx, orgId, placeIn(mention)),
    await answeringAccount(tx, orgId, { network, accountId }),
  ])
  if (there) return 'there'
  const takes = findConnector(network)?.inbox?.takeOver
  if (!takes) return { said: storable(saidOfHeard(heard)), account: null }
  const now = services.clock()
  if (!account) return withoutAccountYet(now)
  try {
    const said = await askThere(services, account, { takes, heard })
    if (said === null) return decidedByPeople('not-there-any-more')
    return said.isOurs ? decidedByPeople('said-by-us') : { said: storable(said), account }
  } catch (thrown) {
    return afterRefusal(asConnectorError(thrown, false), { tries: Math.max(1, tries), now })
  }
}

/** @throws ConnectorError */
export const askThere = (
  services: SessionServices,
  account: AccountRow,
  { takes, heard }: { takes: NonNullable<Inbox['takeOver']>; heard: HeardPlace },
): Promise<Said | null> =>
  withFreshCredentials(services, account, (row) =>
    takes(sessionFor(services, row, { signal: AbortSignal.timeout(askTimeoutMs) }), { id: heard.id, url: heard.url }),
  )

interface Keeping {
  said: Said
  account: AccountRow | null
  mention: MentionToTake
  understood: Awaited<ReturnType<typeof understandingOf>>
  now: Date
}

async function keep(
  tx: Tx,
  { orgId, byId }: ToTakeOver,
  { said, account, mention, understood, now }: Keeping,
): Promise<There & { isNew: boolean }> {
  const { network } = mention
  const { id: accountId } = account ?? (await placeOf(tx, orgId, network, { by: byId, at: now }))
  const of = { orgId, accountId }
  await holdReading(tx, of, now)
  // Looked at again: the account's own reading may have brought it meanwhile, or before under the id that it has there.
  const before = await held(tx, orgId, placeIn(mention, said.id))
  if (before) return { ...before, isNew: false }
  await keepTold(tx, of, { said: [said], removed: [] }, { network, ...understood, now, takenAt: now })
  const { id: messageId, conversationId } = (await storedMessages(tx, of, [said.id])).get(said.id)!
  return { messageId, conversationId, isNew: true }
}

/** Where it is at this moment. Nobody changes that conversation, or puts it together with others, until the transaction ends. */
async function held(tx: Tx, orgId: string, place: Parameters<typeof messageOf>[2]): Promise<There | null> {
  let there = await messageOf(tx, orgId, place)
  while (there) {
    await lockConversation(tx, orgId, there.conversationId)
    const then = await messageOf(tx, orgId, place)
    if (then?.conversationId === there.conversationId) return then
    there = then
  }
  return null
}
