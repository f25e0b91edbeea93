// Fills the calendar for a drain: posts as people schedule them, or many at once as the same rows.

import { sql } from 'kysely'
import { asSystem, type Db } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import type { Caller } from '../../src/people/types.ts'
import { contentHash } from '../../src/publishing/keys.ts'
import { summaryOf } from '../../src/publishing/rules.ts'
import { schedulePost } from '../../src/publishing/schedule-post.ts'
import { wallOf } from '../../src/publishing/times.ts'
import { createPost } from '../../src/publishing/write-post.ts'
import { aDraft, type PracticeServices } from '../../test/world/practice.ts'

const hourMs = 3_600_000
const atOnce = 8

export interface Planned {
  texts: string[]
  accountIds: string[]
}

/** Through the verbs that the web app calls; an hour ahead, until `makeDue` names the second. */
export async function scheduleByVerbs(
  services: PracticeServices,
  caller: Caller,
  { texts, accountIds }: Planned,
): Promise<void> {
  const wall = wallOf(new Date(Date.now() + hourMs), 'UTC')
  const queue = texts.map((text, index) => ({ text, accountId: accountIds[index % accountIds.length]! }))
  const scheduleRest = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const variants = [{ accountId: next.accountId, content: null }]
      const { id } = await createPost(services, caller, { content: aDraft(next.text), variants })
      await schedulePost(services, caller, { id, when: { kind: 'at', wall, zone: 'UTC' } })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, scheduleRest))
}

const batchSize = 1000

/** The rows that the verbs leave behind, without their events: ten thousand people's clicks would take minutes. */
export async function scheduleByRows(db: Db, caller: Caller, { texts, accountIds }: Planned): Promise<void> {
  const at = new Date(Date.now() + hourMs)
  const rows = texts.map((text, index) => {
    const [content, accountId] = [aDraft(text), accountIds[index % accountIds.length]!]
    return {
      post: newId(),
      id: newId(),
      account: accountId,
      content,
      summary: summaryOf(content),
      hash: contentHash(content, accountId),
    }
  })
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = JSON.stringify(rows.slice(start, start + batchSize))
    await asSystem(db, async (tx) => {
      await sql`insert into posts (org_id, id, content, summary, created_by, updated_by, due_wall, due_zone, due_at, state)
        select ${caller.orgId}, post, content, summary, ${caller.memberId}, ${caller.memberId}, ${wallOf(at, 'UTC')}, 'UTC', ${at}, 'scheduled'
        from jsonb_to_recordset(${batch}::jsonb) as r(post uuid, content jsonb, summary text)`.execute(tx)
      await sql`insert into variants (org_id, id, post_id, account_id, state, due_at, wake_at, content_hash)
        select ${caller.orgId}, id, post, account, 'scheduled', ${at}, ${at}, hash
        from jsonb_to_recordset(${batch}::jsonb) as r(id uuid, post uuid, account uuid, hash text)`.execute(tx)
    })
  }
}

/** Everything that waits becomes due in the second after next, as if it had been planned for it. */
export async function makeDue(db: Db): Promise<Date> {
  const due = new Date(Math.ceil(Date.now() / 1000 + 2) * 1000)
  await asSystem(db, async (tx) => {
    await sql`update posts set due_at = ${due}, due_wall = ${wallOf(due, 'UTC')} where state = 'scheduled'`.execute(tx)
    await sql`update variants set due_at = ${due}, wake_at = ${due} where state = 'scheduled'`.execute(tx)
  })
  return due
}
