// An issue as everybody may read it, with its pictures.

import { accountsById, accountView } from '../../accounts/session.ts'
import type { MediaFile } from '../../connectors/contract.ts'
import { ConnectorError } from '../../connectors/errors.ts'
import { connectorOf } from '../../connectors/registry.ts'
import { asSystem } from '../../db/tx.ts'
import { mediaFile } from '../../media/actions.ts'
import type { Services } from '../../services.ts'
import { type Issue, senderOf } from './issue.ts'
import { findLetter } from './store.ts'

/** The key alone opens it: 128 bits that nobody guesses. Its organisation follows from it. */
async function rowOf({ db }: Pick<Services, 'db'>, key: string) {
  return asSystem(db, async (tx) => {
    const row = await findLetter(tx, key)
    if (!row) return null
    const account = (await accountsById(tx, [[row.org_id, row.account_id]])).get(row.account_id)
    return account ? { row, account } : null
  })
}

export async function findIssue(services: Pick<Services, 'db'>, key: string): Promise<Issue | null> {
  const found = await rowOf(services, key)
  return found && { accountId: found.account.id, letter: found.row.letter, sender: senderOf(found.account) }
}

export async function issuePicture(services: Services, key: string, id: string): Promise<MediaFile | null> {
  const found = await rowOf(services, key)
  const picture = found?.row.letter.pictures.find((each) => each.id === id)
  if (!found || !picture) return null
  const limits = connectorOf(found.account.connector).limits(accountView(found.account))
  return mediaFile(services, found.row.org_id, id, { limits, crop: picture.crop ?? undefined }).catch((error) => {
    // Its permission has ended since: then it is not shown any more.
    if (error instanceof ConnectorError) return null
    throw error
  })
}
