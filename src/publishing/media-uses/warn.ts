// Tells owners of posts that a file's permission will be over when their post is due: it was shortened after they scheduled it.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import type { VariantState } from '../types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface Late {
  post_id: string
  summary: string
  member_id: string
  file: string
  until: string
}

const planned: VariantState[] = ['scheduled', 'in-review', 'held', 'parked']

/** Once for each post, file and end. Answers how many. */
export async function warnOfLatePosts(services: Deps): Promise<number> {
  const now = services.clock()
  const orgs = await asSystem(services.db, async (tx) => {
    const found = await sql<{ org_id: string }>`select distinct m.org_id from media m where m.rights_until is not null
      and exists (select from post_media u where u.org_id = m.org_id and u.media_id = m.id and u.told_until is distinct from m.rights_until)`.execute(
      tx,
    )
    return found.rows.map((row) => row.org_id)
  })
  let count = 0
  for (const orgId of orgs) count += await inOrg(services.db, orgId, (tx) => warnIn(services, tx, orgId, now))
  return count
}

async function warnIn(services: Deps, tx: Tx, orgId: string, now: Date): Promise<number> {
  const found = await sql<Late>`
    update post_media u set told_until = m.rights_until
    from media m, posts p, organisations o
    where u.org_id = ${orgId} and m.org_id = u.org_id and m.id = u.media_id and p.org_id = u.org_id and p.id = u.post_id and o.id = u.org_id
      and p.deleted_at is null and p.state = any(${planned}) and p.due_at > ${now}
      and m.rights_until < (p.due_at at time zone o.time_zone)::date and u.told_until is distinct from m.rights_until
    returning u.post_id, p.summary, coalesce(p.owner_id, p.created_by) as member_id, m.file_name as file, m.rights_until as until`.execute(
    tx,
  )
  for (const late of found.rows) {
    const link = linkTo(services.publicUrl, orgId, `posts/${late.post_id}`)
    await notify(tx, services, orgId, {
      memberIds: await readWhoAnswers(tx, orgId, late.member_id),
      kind: 'post-media-ends',
      facts: { summary: late.summary, file: late.file, until: late.until },
      subject: { kind: 'post', id: late.post_id },
      mail: {
        subject: `${late.file} may not be used any more when your post is due`,
        text: `The permission for ${late.file} ends on ${late.until}, before the time of this post. It will not be sent with it. Take another file, or enter the new permission in the library.\n\n“${late.summary}”\n\n${link}\n`,
      },
    })
  }
  return found.rows.length
}
