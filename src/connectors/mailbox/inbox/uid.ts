// Where a mail lies now.

import type { ImapFlow } from 'imapflow'
import type { RemoteRef, Session } from '../../contract.ts'
import { readCredentials } from '../imap.ts'
import { refProof } from './conversation.ts'

/** Its number where that still means it, otherwise what its id finds. null: it is not in the folder any more. Leaves the folder open. */
export async function uidOf(client: ImapFlow, session: Session, ref: RemoteRef): Promise<number | null> {
  const proof = refProof.safeParse(ref.proof).data
  const folder = proof?.folder || readCredentials(session.credentials).folder
  const { uidValidity } = await client.mailboxOpen(folder)
  const asked = { header: { 'message-id': ref.id } }
  const same = proof !== undefined && proof.folder !== '' && proof.validity === String(uidValidity)
  const found = (await client.search(same ? { uid: String(proof.uid) } : asked, { uid: true })) || []
  return found[0] ?? null
}
