// Lets go of people about whom the purpose of what is stored has ended.

import { sql } from 'kysely'
import { asSystem } from '../../db/tx.ts'
import type { Services } from '../../services.ts'

/** Their mentions go by the end of their own class. */
export async function expireAuthors({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> {
  await asSystem(db, (tx) => sql`delete from authors where expires_at <= ${clock()}`.execute(tx))
}
