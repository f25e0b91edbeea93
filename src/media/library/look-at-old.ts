// Gives pictures that were uploaded before pictures were compared what they are compared by, so that doubles among them are found too.

import { asSystem, inOrg } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { mediaFolder } from '../content.ts'
import { openFile } from '../files.ts'
import { lookAt } from '../image.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config' | 'log'>

const atOnce = 100
/** Decoding takes a core: a night is for other things too, and what is left comes the next night. */
const mostANight = 20_000

/** Each picture once, whatever comes of it: one that is damaged or away is not tried every night. Answers how many were looked at. */
export async function lookAtOld(services: Deps): Promise<number> {
  let looked = 0
  while (looked < mostANight) {
    const rows = await neverLookedAt(services)
    for (const row of rows) {
      const look = await lookOfFile(services, row)
      await inOrg(services.db, row.org_id, (tx) =>
        tx
          .updateTable('media')
          .set({ look, looked_at: services.clock() })
          .where('org_id', '=', row.org_id)
          .where('id', '=', row.id)
          .execute(),
      )
    }
    looked += rows.length
    if (rows.length < atOnce) break
  }
  return looked
}

interface Unseen {
  org_id: string
  id: string
  sha256: string
  look: string | null
  width: number | null
  height: number | null
}

const neverLookedAt = ({ db }: Deps): Promise<Unseen[]> =>
  asSystem(db, (tx) =>
    tx
      .selectFrom('media')
      .select(['org_id', 'id', 'sha256', 'look', 'width', 'height'])
      .where('looked_at', 'is', null)
      .where('kind', '=', 'image')
      .where('removed_at', 'is', null)
      .orderBy('created_at')
      .limit(atOnce)
      .execute(),
  )

async function lookOfFile({ config, log }: Deps, row: Unseen): Promise<string | null> {
  if (row.look !== null) return row.look
  try {
    const { path } = await openFile(mediaFolder(config), row.sha256)
    return await lookAt(path, (row.width ?? 0) * (row.height ?? 0))
  } catch (error) {
    log.warn('A picture could not be looked at to compare it with others', { error, mediaId: row.id })
    return null
  }
}
