// Verbs of taking over what was heard: by a person at once, by the clock what waits, and where mentions went.

import type { SessionServices } from '../../accounts/session.ts'
import { inOrg, readInOrg, seenBy } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { handOn } from '../../listening/handing-on/actions.ts'
import { changeHandOn, claimHandOns, standingOf } from '../../listening/handing-on/for-inbox.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { takenRows } from './store.ts'
import { takeOver } from './work.ts'

type Deps = SessionServices & Pick<Services, 'queue' | 'mailer' | 'publicUrl'>

interface Taking {
  id: string
  reason: string
  assigneeId: string | null
  accountId: string | null
  anyway: boolean
}

/**
 * Handed to the inbox and taken over at once; what the network does not give now waits and is tried again.
 * @throws Refusal as `handOn` does; what was handed on already is no fault.
 */
export async function takeOverByHand(services: Deps, caller: Caller, given: Taking) {
  const { orgId } = caller
  const { id, accountId, anyway } = given
  const isFirst = await handOn(services, caller, { ...given, kind: 'inbox' }).then(
    () => true,
    (error) => {
      if (error instanceof Refusal && error.code === 'already-handed-on') return false
      throw error
    },
  )
  const all = seenBy(services.db, 'all')
  const standing = await standingOf(all, orgId, id)
  if (!standing) throw notFound('mention')
  if (!standing.isTaken) {
    if (!isFirst && (accountId !== null || anyway))
      await inOrg(all, orgId, (tx) => changeHandOn(tx, orgId, standing.handOn.id, { accountId, anyway }))
    const before = standing.handOn
    await takeOver(services, {
      ...before,
      ...{ accountId: accountId ?? before.accountId, anyway: anyway || before.anyway, tries: before.tries + 1 },
    })
  }
  const then = await standingOf(all, orgId, id)
  const [taken] = await readTaken(services, caller, { mentions: [id] })
  return {
    state: then?.isTaken ? ('taken-over' as const) : ('waiting' as const),
    failure: then?.isTaken ? null : (then?.failure ?? null),
    conversationId: taken?.conversationId ?? null,
  }
}

export const readTaken = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { mentions }: { mentions: string[] }) =>
  readInOrg(db, orgId, async (tx) =>
    (await takenRows(tx, orgId, mentions)).map((row) => ({
      ...{ mentionId: row.mention_id, conversationId: row.conversation_id, accountName: row.account_name },
      isClosed: row.state === 'closed',
    })),
  )

const lot = 20
const mostAtOnce = 200

/** Each minute what is due. One that fails in an unforeseen way keeps no other one waiting: it is due again later. */
export async function takeOverWaiting(services: Deps): Promise<void> {
  for (let taken = 0; taken < mostAtOnce; taken += lot) {
    const due = await claimHandOns(services.db, services.clock(), lot)
    for (const each of due)
      await takeOver(services, each).catch((error) =>
        services.log.error('What was heard could not be taken over', { handOn: each.id, error }),
      )
    if (due.length < lot) return
  }
}
