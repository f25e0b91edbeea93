// A file that came with a mail, fetched from the mailbox when somebody opens it: Longrun keeps none of them.

import PostalMime from 'postal-mime'
import type { RemoteRef, Session } from '../../contract.ts'
import type { SaidFile } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { readCredentials, visit } from '../imap.ts'
import { attachedTo } from './conversation.ts'
import { uidOf } from './uid.ts'

/** Of the whole mail; what mail servers pass on is hardly ever larger. */
const mostBytes = 35_000_000

export async function file(session: Session, ref: RemoteRef, position: number): Promise<SaidFile> {
  const gone = () => new ConnectorError({ kind: 'rejected', code: 'file-gone' })
  const source = await visit(
    session,
    readCredentials(session.credentials),
    async (client) => {
      const uid = await uidOf(client, session, ref)
      if (uid === null) throw gone()
      const known = await client.fetchOne(String(uid), { size: true }, { uid: true })
      if (!known) throw gone()
      if ((known.size ?? 0) > mostBytes) throw new ConnectorError({ kind: 'rejected', code: 'file-too-large' })
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true })
      return mail ? (mail.source ?? null) : null
    },
    mostBytes,
  )
  if (!source) throw gone()
  const mail = await PostalMime.parse(source, { maxNestingDepth: 32, maxHeadersSize: 200_000 })
  const found = attachedTo(mail)[position]
  if (!found) throw gone()
  const { content } = found
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  return { name: found.filename ?? null, bytes }
}
