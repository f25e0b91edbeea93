// Setting up a newsletter: who sends it, and the postal address that the law asks for at its end.

import { z } from 'zod'
import type { AuthMethod, Json, Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'

/** Kept with the account; `publishing/letters` writes it into every letter. */
export const senderSchema = z.object({
  name: z.string().min(1).max(120),
  address: z.email().max(254),
  imprint: z.string().min(5).max(500),
})
export type Sender = z.infer<typeof senderSchema>

export const senderForm: AuthMethod = {
  kind: 'fields',
  id: 'sender',
  label: 'Sender',
  fields: [
    { name: 'name', label: 'Name of the newsletter', type: 'text', placeholder: 'News from the harbour' },
    {
      name: 'address',
      label: 'Sender address',
      type: 'text',
      placeholder: 'news@example.org',
      help: 'The mail server of this installation must be allowed to send for it (SPF, DKIM). Answers of readers go there.',
    },
    {
      name: 'imprint',
      label: 'Postal address',
      type: 'text',
      placeholder: 'Harbour Outdoor, Quay 1, 20457 Hamburg',
      help: 'Stands at the end of each letter, as the law asks in most countries.',
    },
  ],
  async connect(session, values) {
    mustMail(session)
    return { credentials: {}, expiresAt: null, profile: profileOf(senderFrom(values)), scopes: [] }
  },
}

export async function identify(session: Session): Promise<Profile> {
  mustMail(session)
  return profileOf(senderSchema.parse(session.account.instance))
}

export function mustMail({ mails }: Session): void {
  if (!mails) throw new ConnectorError({ kind: 'forbidden', code: 'no-mail-server' })
}

function senderFrom(values: Record<string, string>): Sender {
  const parsed = senderSchema.safeParse({ ...values, address: values.address?.toLowerCase() })
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]!.path[0])
  throw new ConnectorError({ kind: 'rejected', code: `${field}-not-usable`, field })
}

function profileOf(sender: Sender): Profile {
  const domain = sender.address.split('@')[1]!
  return {
    remoteId: `${sender.address} ${sender.name.trim().toLowerCase()}`,
    handle: sender.address,
    displayName: sender.name,
    avatarUrl: null,
    url: `mailto:${sender.address}`,
    server: `https://${domain}`,
    instance: sender satisfies Json,
  }
}
