// Verb of a department's wall: put up, its conversations are seen by its members alone; taken down, by everybody.

import type { z } from 'zod'
import { inOrgRetried } from '../db/retry.ts'
import { lookEverywhere } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notify } from '../events/notify.ts'
import { notFound } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import type * as contract from './contract.ts'
import { memberIdsOf } from './directory.ts'
import { showDepartment } from './organisation.ts'
import { lockConversationsOf, lockDepartment, setWall } from './store-walls.ts'
import type { Caller } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer'>

/** Its members are told, whoever does it: a wall that comes down shows others what was said to them. */
export function wallDepartment(
  services: Deps,
  caller: Caller,
  { id, walled }: { id: string; walled: boolean },
): Promise<z.infer<typeof contract.department>> {
  const { orgId, memberId } = caller
  return inOrgRetried(services.db, orgId, async (tx) => {
    const now = services.clock()
    // Its conversations are marked anew, also where whoever does this sees none of them.
    await lookEverywhere(tx)
    await lockConversationsOf(tx, orgId, id)
    const before = await lockDepartment(tx, orgId, id)
    if (!before) throw notFound('department')
    if (walled !== (before.walled_at !== null)) {
      await setWall(tx, orgId, id, walled ? { at: now, by: memberId } : null)
      const kind = walled ? 'department-walled' : 'department-unwalled'
      const memberIds = (await memberIdsOf(tx, orgId, id)).filter((each) => each !== memberId)
      await notify(tx, services, orgId, {
        memberIds,
        kind,
        facts: { name: before.name },
        subject: { kind: 'department', id },
      })
      const verb = walled ? 'department.walled' : 'department.unwalled'
      await record(tx, orgId, caller.actor, now, {
        verb,
        subject: { kind: 'department', id },
        facts: { name: before.name },
      })
    }
    return showDepartment(tx, orgId, id)
  })
}
