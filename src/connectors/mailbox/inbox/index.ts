// The inbox of a mailbox: conversations by mail, answers by the account's own mail server, and what is moved at somebody's word.

import type { RemoteRef, Session } from '../../contract.ts'
import type { Inbox, ModerationAction } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { readCredentials, visit } from '../imap.ts'
import { answer } from './answer.ts'
import { file } from './file.ts'
import { folderFor, type Use } from './folders.ts'
import { pull, thread } from './read.ts'
import { uidOf } from './uid.ts'

export const inbox: Inbox = {
  everySeconds: 60,
  pull,
  thread,
  answer,
  moderate: { actions: () => ['spam', 'delete'], act },
  file,
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

async function seen(session: Session, refs: RemoteRef[]): Promise<void> {
  await visit(session, readCredentials(session.credentials), async (client) => {
    for (const ref of refs) {
      const uid = await uidOf(client, session, ref)
      if (uid !== null) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    }
  })
}
