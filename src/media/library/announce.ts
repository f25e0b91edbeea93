// Tells people in time that the permission for a file ends.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { linkTo } from '../../lib/links.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import { wallsOf } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { zoneOf } from './ends.ts'
import { endingDays } from './rules.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface Ending {
  id: string
  file_name: string
  until: string
  member_id: string
}

/** Each end once, to whoever uploaded the file; where they have left, to owners and admins. Answers how many files. */
export async function announceEndingMedia(services: Deps): Promise<number> {
  const soon = addDays(services.clock().toISOString().slice(0, 10), endingDays + 1)
  const orgs = await asSystem(services.db, async (tx) => {
    const found = await sql<{ org_id: string }>`
      select distinct org_id from media
      where removed_at is null and rights_until <= ${soon}::date and rights_told is distinct from rights_until`.execute(
      tx,
    )
    return found.rows.map((row) => row.org_id)
  })
  let count = 0
  for (const orgId of orgs) count += await inOrg(services.db, orgId, (tx) => announceIn(services, tx, orgId))
  return count
}

/** What is over already is not news any more: it is only marked as told. */
async function announceIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const today = dayIn(services.clock(), await zoneOf(tx, orgId))
  const found = await sql<Ending>`
    update media m set rights_told = m.rights_until
    where m.org_id = ${orgId} and m.removed_at is null and m.rights_until <= ${addDays(today, endingDays)}::date
      and m.rights_told is distinct from m.rights_until
    returning m.id, m.file_name, m.rights_until as until, m.created_by as member_id`.execute(tx)
  const ending = found.rows.filter((row) => row.until >= today)
  const wallOf = await wallsOf(
    tx,
    orgId,
    ending.map(({ id }) => ({ kind: 'media', id })),
  )
  for (const [memberId, files] of Map.groupBy(ending, (row) => row.member_id)) {
    const told = await readWhoAnswers(tx, orgId, memberId)
    const [open, walled] = [true, false].map((isOpen) =>
      files.filter(({ id }) => (wallOf({ kind: 'media', id }) === null) === isOpen),
    )
    await tell(services, tx, orgId, told, open!)
    // Each by itself: then only those are told who are behind its wall.
    for (const file of walled!) await tell(services, tx, orgId, told, [file])
  }
  return ending.length
}

async function tell(services: Deps, tx: Tx, orgId: string, memberIds: string[], files: Ending[]): Promise<void> {
  const inOrder = files.toSorted((a, b) => (a.until < b.until ? -1 : 1))
  const [first] = inOrder
  if (!first) return
  const lines = inOrder.map(({ file_name, until }) => `${until}  ${file_name}`)
  const what =
    files.length === 1 ? `The permission for ${first.file_name} ends` : `The permissions for ${files.length} files end`
  await notify(tx, services, orgId, {
    memberIds,
    kind: 'media-ending',
    facts: { file: first.file_name, until: first.until, count: files.length },
    subject: { kind: 'media', id: files.length === 1 ? first.id : null },
    mail: {
      subject: what,
      text: `${what}. After these days Longrun sends no post with them:\n\n${lines.join('\n')}\n\n${linkTo(services.publicUrl, orgId, 'media?rights=expiring')}\n`,
    },
  })
}
