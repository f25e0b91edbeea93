// The inbox of a mailbox: conversations by mail, answers by the account's own mail server, and what is moved at somebody's word.

import type { ImapFlow } from 'imapflow'
import type { RemoteRef, Session } from '../../contract.ts'
import type { Inbox, ModerationAction } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { readCredentials, visit } from '../imap.ts'
import { answer } from './answer.ts'
import { refProof } from './conversation.ts'
import { folderFor, type Use } from './folders.ts'
import { pull, thread } from './read.ts'

export const inbox: Inbox = {
  everySeconds: 60,
  pull,
  thread,
  answer,
  moderate: { actions: () => ['spam', 'delete'], act },
  seen,
}

const uses: Partial<Record<ModerationAction, Use>> = { spam: '\\Junk', delete: '\\Trash' }

async function act(session: Session, action: ModerationAction, ref: RemoteRef): Promise<void> {
  const use = uses[action]
  if (!use) throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
  await visit(session, readCredentials(session.credentials), async (client) => {
    const target = await folderFor(client, use)
    if (target === null) throw new ConnectorError({ kind: 'forbidden', code: 'no-folder-for-it' })
    const uid = await uidOf(client, session, ref)
    // Moved already, by us or by somebody at a desk.
    if (uid !== null) await client.messageMove(String(uid), target, { uid: true })
  })
}

/** Its number where that still means it, otherwise what its id finds. null: it is not in the folder any more. */
async function uidOf(client: ImapFlow, session: Session, ref: RemoteRef): Promise<number | null> {
  const proof = refProof.safeParse(ref.proof).data
  const folder = proof?.folder || readCredentials(session.credentials).folder
  const { uidValidity } = await client.mailboxOpen(folder)
  const asked = { header: { 'message-id': ref.id } }
  const same = proof !== undefined && proof.folder !== '' && proof.validity === String(uidValidity)
  const found = (await client.search(same ? { uid: String(proof.uid) } : asked, { uid: true })) || []
  return found[0] ?? null
}

async function seen(session: Session, refs: RemoteRef[]): Promise<void> {
  await visit(session, readCredentials(session.credentials), async (client) => {
    for (const ref of refs) {
      const uid = await uidOf(client, session, ref)
      if (uid !== null) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    }
  })
}
