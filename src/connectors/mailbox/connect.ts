// Connecting a mailbox: one folder of it is read.

import { sha256Hex } from '../../lib/hash.ts'
import type { AuthField, AuthMethod, Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { type Credentials, readCredentials, visit } from './imap.ts'

export const mailboxFields = (help: { folder: string }): AuthField[] => [
  {
    name: 'host',
    label: 'Mail server',
    type: 'text',
    placeholder: 'imap.example.org',
    help: 'With its port where that is not 993.',
  },
  { name: 'user', label: 'Name', type: 'text', placeholder: 'alerts@example.org' },
  {
    name: 'password',
    label: 'Password',
    type: 'secret',
    help: 'Many servers want a password made for this program alone.',
  },
  { name: 'folder', label: 'Folder', type: 'text', initial: 'INBOX', help: help.folder },
]

export const mailboxForm: AuthMethod = {
  kind: 'fields',
  id: 'imap',
  label: 'Mailbox (IMAP)',
  fields: mailboxFields({
    folder:
      'All that comes into it is read by Longrun, so give alerts a folder of their own. Nothing in it is changed.',
  }),
  async connect(session, values) {
    const credentials = credentialsFrom(values)
    return { credentials, expiresAt: null, scopes: [], profile: await profileOf(session, credentials) }
  },
}

export const identify = (session: Session): Promise<Profile> => profileOf(session, readCredentials(session.credentials))

/** A name, with its port where that is another one than usual. */
export function serverIn(typed: string, { field, port: usual }: { field: string; port: number }) {
  const [, host = '', port = String(usual)] =
    /^(?:(?:imap|smtp)s?:\/\/)?([^\s:/]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?\/?$/i.exec(typed.trim()) ?? []
  if (host === '' || Number(port) < 1 || Number(port) > 65_535) {
    throw new ConnectorError({ kind: 'rejected', code: 'server-address', field })
  }
  return { host: host.replace(/^\[|\]$/g, '').toLowerCase(), port: Number(port) }
}

export function credentialsFrom(values: Record<string, string>): Credentials {
  const server = serverIn(values.host ?? '', { field: 'host', port: 993 })
  const [user, password, folder] = [values.user?.trim() ?? '', values.password ?? '', values.folder?.trim() || 'INBOX']
  if (user === '' || password === '') {
    const field = user === '' ? 'user' : 'password'
    throw new ConnectorError({ kind: 'rejected', code: 'mail-signin-refused', field })
  }
  return { ...server, user, password, folder, smtp: null, from: null }
}

export async function profileOf(session: Session, credentials: Credentials): Promise<Profile> {
  const { host, user, folder, from } = credentials
  await visit(session, credentials, async (client) => {
    await client.mailboxOpen(folder, { readOnly: true })
  })
  const handle = from?.address ?? (user.includes('@') ? user : `${user}@${host}`)
  return {
    remoteId: sha256Hex(`${user}\n${host}\n${folder}`),
    handle,
    displayName: folder === 'INBOX' ? handle : `${handle}, ${folder}`,
    avatarUrl: null,
    url: `https://${host.includes(':') ? `[${host}]` : host}`,
    server: `https://${host.includes(':') ? `[${host}]` : host}`,
    instance: {},
  }
}
