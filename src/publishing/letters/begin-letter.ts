// Takes an issue over from delivery: stored once under its key, with one letter for each subscriber of that moment.

import type { LetterProgress, Letters } from '../../connectors/letters.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { addSends, countsOf, findLetter, insertLetter, noCounts } from './store.ts'
import { sendLetters } from './types.ts'

/** What the connector of one newsletter may do here. */
export function lettersOf(
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'publicUrl'>,
  orgId: string,
  accountId: string,
): Letters {
  const { db, clock, queue } = services
  const base = (key: string) => `${services.publicUrl}/letters/issues/${key}`
  const progressIn = async (tx: Tx, key: string): Promise<LetterProgress | null> => {
    const found = await findLetter(tx, key)
    if (!found) return null
    const { recipients, open } = (await countsOf(tx, orgId, [key])).get(key) ?? noCounts
    return { url: base(key), recipients, settled: recipients - open, finished: found.finished_at !== null }
  }
  return {
    base,
    begin: (key, letter) =>
      inOrg(db, orgId, async (tx) => {
        const at = clock()
        if (await insertLetter(tx, { orgId, key, accountId, letter, at })) {
          await addSends(tx, { orgId, key, accountId, at })
          await queue.send(tx, sendLetters, {}, { key: 'now' })
        }
        return (await progressIn(tx, key))!
      }),
    progress: (key) => inOrg(db, orgId, (tx) => progressIn(tx, key)),
  }
}
