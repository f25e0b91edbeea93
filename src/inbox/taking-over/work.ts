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
import { keepTold } from '../reading/keep-batch.ts'
import { storedMessages } from '../reading/store.ts'
import { understandingOf } from '../reading/understanding.ts'
import { noteInConversation } from './note.ts'
import { afterRefusal, decidedByPeople, type NotTaken, saidOfHeard, withoutAccountYet } from './rules.ts'
import { answeringAccount, holdReading, messageOf, type There } from './store.ts'

const askTimeoutMs = 20_000

type Found = { said: Said; account: AccountRow | null } | { there: There } | NotTaken

/** Whoever comes second finds it done, and does nothing. */
export async function takeOver(services: SessionServices, handOn: ToTakeOver): Promise<void> {
  const { orgId } = handOn
  const db = seenBy(services.db, 'all')
  const mention = await readInOrg(db, orgId, (tx) => mentionToTake(tx, orgId, handOn.mentionId))
  const found = mention ? await find(services, handOn, mention) : decidedByPeople('not-there-any-more')
  if ('failure' in found) {
    await inOrg(db, orgId, async (tx) => {
      if (await holdHandOn(tx, handOn)) await noteNotTaken(tx, handOn, found)
    })
    return
  }
  const understood = 'said' in found ? await understandingOf([found.said]) : null
  await retried(() =>
    inOrg(db, orgId, async (tx) => {
      if (!(await holdHandOn(tx, handOn))) return
      const now = services.clock()
      const there =
        'there' in found
          ? found.there
          : await keep(tx, handOn, { ...found, mention: mention!, understood: understood!, now })
      await noteInConversation(tx, handOn, { ...there, isNew: 'said' in found, now })
      await noteTakenOver(tx, handOn, now)
    }),
  )
}

async function find(services: SessionServices, handOn: ToTakeOver, mention: MentionToTake): Promise<Found> {
  const { orgId, accountId, anyway, tries } = handOn
  const { heard, network, fault } = mention
  if (fault !== null && !(anyway && fault === 'author-not-to-be-contacted')) return decidedByPeople(fault)
  const [there, account] = await readInOrg(seenBy(services.db, 'all'), orgId, async (tx) => [
    await messageOf(tx, orgId, { mentionId: mention.id, network, remoteId: heard.id }),
    await answeringAccount(tx, orgId, { network, accountId }),
  ])
  if (there) return { there }
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
  { said, account, mention: { network }, understood, now }: Keeping,
): Promise<There> {
  const { id: accountId } = account ?? (await placeOf(tx, orgId, network, { by: byId, at: now }))
  const of = { orgId, accountId }
  await holdReading(tx, of, now)
  // Looked at again: the account's own reading may have brought it meanwhile.
  const before = (await storedMessages(tx, of, [said.id])).get(said.id)
  if (!before) await keepTold(tx, of, { said: [said], removed: [] }, { network, ...understood, now, takenAt: now })
  const { id: messageId, conversationId } = before ?? (await storedMessages(tx, of, [said.id])).get(said.id)!
  return { messageId, conversationId }
}
