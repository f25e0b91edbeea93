// Makes, renews and ends the address of one's own sessions. The secret is in the address alone; its hash is what is kept.

import type { z } from 'zod'
import { inOrg, readInOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { notFound } from '../../lib/refusal.ts'
import { newSecret } from '../../lib/secrets.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { feedView } from './contract.ts'
import { dropFeed, feedOf, putFeed } from './store.ts'

type Shown = z.infer<typeof feedView>

export const readMyFeed = (
  { db }: Pick<Services, 'db'>,
  { orgId, memberId }: Caller,
): Promise<{ feed: Shown | null }> =>
  readInOrg(db, orgId, async (tx) => {
    const row = await feedOf(tx, orgId, memberId)
    const shown = row && { madeAt: row.made_at.toISOString(), lastReadAt: row.last_read_at?.toISOString() ?? null }
    return { feed: shown ?? null }
  })

/** A new address each time; the one before it ends. */
export const makeMyFeed = (
  { db, clock, publicUrl }: Pick<Services, 'db' | 'clock' | 'publicUrl'>,
  { orgId, memberId, actor }: Caller,
): Promise<{ url: string }> =>
  inOrg(db, orgId, async (tx) => {
    const [secret, at] = [newSecret(), clock()]
    await putFeed(tx, orgId, { memberId, secretHash: sha256Hex(secret), at })
    await record(tx, orgId, actor, at, { verb: 'session-feed.made', subject: { kind: 'session-plan', id: null } })
    return { url: `${publicUrl}/calendar/sessions/${secret}.ics` }
  })

export const endMyFeed = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId, memberId, actor }: Caller,
): Promise<{ ended: true }> =>
  inOrg(db, orgId, async (tx) => {
    if (!(await dropFeed(tx, orgId, memberId))) throw notFound('session-feed')
    await record(tx, orgId, actor, clock(), { verb: 'session-feed.ended', subject: { kind: 'session-plan', id: null } })
    return { ended: true }
  })
