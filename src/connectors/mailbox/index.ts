// A mailbox as a source: mail alerts of services that have no other way out, and letters to a public address.

import type { Connector } from '../contract.ts'
import { answeringForm } from './answering.ts'
import { identify, mailboxForm } from './connect.ts'
import { folderKind } from './folder.ts'
import { inbox } from './inbox/index.ts'

export const mailbox: Connector = {
  id: 'mailbox',
  name: 'Mailbox',
  docs: 'https://www.rfc-editor.org/rfc/rfc9051',
  reviewed: '2026-11',
  auth: [mailboxForm, answeringForm],
  identify,
  // Nothing is published there.
  limits: () => ({ text: { max: 0, unit: 'graphemes', format: 'plain' } }),
  inbox,
  heardAs: 'private',
  hears: [folderKind],
}
