// Letters that wait, for tests of what is watched.

import type { TestApp } from '../../../test/world/app.ts'

/** Letters with this subject that wait to be sent. */
export async function letters(world: TestApp, subject: string): Promise<number> {
  const found = await world.database.owner.query(
    `select count(*)::integer as n from pgboss.job where name = 'events.mail-notification' and data->>'subject' = $1`,
    [subject],
  )
  return found.rows[0].n
}
