// Connecting a mailbox that also answers: its own mail server for the way out, proved before anything is kept.

import { z } from 'zod'
import { openLine } from '../../lib/postman.ts'
import type { AuthField, AuthMethod, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { credentialsFrom, mailboxFields, profileOf, serverIn } from './connect.ts'
import { reachOut } from './smtp.ts'

const further: AuthField[] = [
  {
    name: 'smtp',
    label: 'Outgoing mail server',
    type: 'text',
    placeholder: 'smtp.example.org',
    help: 'With its port where that is not 465. The same name and password are used.',
  },
  {
    name: 'address',
    label: 'Address',
    type: 'text',
    placeholder: 'support@example.org',
    help: 'Answers come from it.',
  },
  { name: 'name', label: 'Name', type: 'text', placeholder: 'Harbour Outdoor', help: 'Whom people see as the sender.' },
]

export const answeringForm: AuthMethod = {
  kind: 'fields',
  id: 'imap-smtp',
  label: 'Mailbox that answers (IMAP and SMTP)',
  fields: [
    ...mailboxFields({
      folder: 'All that comes into it is read. It is marked and moved only where your people say so.',
    }),
    ...further,
  ],
  async connect(session, values) {
    const smtp = serverIn(values.smtp ?? '', { field: 'smtp', port: 465 })
    const address = z
      .email()
      .max(254)
      .safeParse((values.address ?? '').trim().toLowerCase()).data
    if (!address) throw new ConnectorError({ kind: 'rejected', code: 'address-not-usable', field: 'address' })
    const from = { name: (values.name ?? '').replace(/\s+/g, ' ').trim().slice(0, 120), address }
    const credentials = { ...credentialsFrom(values), smtp, from }
    const profile = await profileOf(session, credentials)
    await proveWayOut(session, credentials)
    return { credentials, expiresAt: null, scopes: [], profile }
  },
}

/** Signs in and says nothing more. */
async function proveWayOut(session: Session, outgoing: Parameters<typeof reachOut>[1]): Promise<void> {
  const line = openLine(await reachOut(session, outgoing).catch(atField))
  try {
    await line.open()
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string }
    if (responseCode === 535 || code === 'EAUTH')
      throw new ConnectorError({ kind: 'auth-revoked', code: 'mail-signin-refused', field: 'password' })
    throw new ConnectorError({ kind: 'unavailable', code: 'mail-server-busy', field: 'smtp' })
  } finally {
    line.close()
  }
}

function atField(error: unknown): never {
  if (!(error instanceof ConnectorError)) throw error
  throw new ConnectorError({ kind: error.kind, code: error.code, field: 'smtp' })
}
