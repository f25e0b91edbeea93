// Answers a mail: sent once by SMTP, kept where the account keeps what it sent, and looked for there by an id of our own.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Letter, openLine } from '../../../lib/postman.ts'
import { checkDraft } from '../../check.ts'
import type { Found, Json, Limits, Part, RemoteRef, Session, Submission } from '../../contract.ts'
import type { Answer } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { type Credentials, readCredentials, visit } from '../imap.ts'
import { reachOut } from '../smtp.ts'
import { refProof } from './conversation.ts'
import { sentFolder } from './folders.ts'

export const answer: Answer = {
  check: checkDraft,
  prepare,
  submit,
  find,
  settle: 10,
  limits: (): Limits => ({ text: { max: 200_000, unit: 'code-points', format: 'plain', required: true } }),
}

const preparedSchema = z.object({
  from: z.object({ name: z.string(), address: z.string() }),
  to: z.array(z.string()).min(1),
  subject: z.string(),
  text: z.string(),
  messageId: z.string(),
  inReplyTo: z.string(),
  references: z.array(z.string()),
  thread: z.string(),
  date: z.string(),
})
type Prepared = z.infer<typeof preparedSchema>

/** The id is made of the key, so that the same answer has the same id in every mailbox it reaches. */
function messageIdOf(key: string, address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return `<${createHash('sha256').update(`answer ${key}`).digest('hex').slice(0, 40)}@${domain}>`
}

async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  const { from } = outgoing(readCredentials(session.credentials))
  const proof = refProof.safeParse(part.previous?.proof).data
  if (!part.previous || !proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  // A mail that names nobody to answer, such as one of an account whose sender is no address.
  if (proof.to.length === 0) throw new ConnectorError({ kind: 'rejected', code: 'nobody-to-answer' })
  const { subject, references } = proof
  return {
    from,
    to: proof.to,
    subject: /^\s*re\s*:/i.test(subject) ? subject : `Re: ${subject}`.trim(),
    text: part.segment.text,
    messageId: messageIdOf(key, from.address),
    inReplyTo: part.previous.id,
    references,
    thread: proof.thread,
    date: session.now().toISOString(),
  }
}

function outgoing({ smtp, from }: Credentials): { smtp: NonNullable<Credentials['smtp']>; from: Prepared['from'] } {
  if (!smtp || !from) throw new ConnectorError({ kind: 'forbidden', code: 'no-outgoing-server' })
  return { smtp, from }
}

const letterOf = ({ from, to, subject, text, messageId, inReplyTo, references, date }: Prepared): Letter => ({
  ...{ from, to, subject, text, messageId, inReplyTo, references },
  date: new Date(date),
  headers: {},
})

async function submit(session: Session, prepared: Json): Promise<Submission> {
  const letter = preparedSchema.parse(prepared)
  const credentials = readCredentials(session.credentials)
  const line = openLine(await reachOut(session, { ...credentials, ...outgoing(credentials) }))
  try {
    const { posting, source } = await Promise.race([line.hand(letterOf(letter)), outOfTime(session.signal)])
    const code = 'mail-server-refused'
    if (posting.kind === 'refused') throw new ConnectorError({ kind: 'rejected', code })
    if (posting.kind === 'later') throw new ConnectorError({ kind: kindOf(posting.error), code: 'mail-server-busy' })
    // From the first byte of its text on it may have been taken.
    if (posting.kind === 'unknown') throw new ConnectorError({ kind: 'unknown', code: 'answer-lost' })
    await keepSent(session, letter, source)
    return { state: 'published', ...refOf(letter) }
  } finally {
    line.close()
  }
}

/** Nobody waits for a mail server longer than the work may last; what it has taken until then is not known. */
function outOfTime(signal: AbortSignal): Promise<never> {
  const error = () => new ConnectorError({ kind: 'unknown', code: 'out-of-time' })
  return new Promise((_, reject) => {
    if (signal.aborted) reject(error())
    else signal.addEventListener('abort', () => reject(error()), { once: true })
  })
}

const kindOf = (error: string) =>
  /authenticat|credentials|\b535\b|\b530\b/i.test(error) ? 'auth-revoked' : 'unavailable'

/** It is sent, whatever becomes of the copy. */
async function keepSent(session: Session, letter: Prepared, source: Uint8Array): Promise<void> {
  try {
    await visit(session, readCredentials(session.credentials), async (client) => {
      const folder = (await sentFolder(client)) ?? (await client.mailboxCreate('Sent')).path
      await client.mailboxOpen(folder)
      // Many servers keep a copy by themselves.
      const kept = (await client.search({ header: { 'message-id': letter.messageId } }, { uid: true })) || []
      if (kept.length === 0) await client.append(folder, Buffer.from(source), ['\\Seen'])
    })
  } catch (error) {
    session.log('a sent answer could not be kept in the mailbox', {
      code: error instanceof ConnectorError ? error.code : 'unexpected',
    })
  }
}

function refOf({ messageId, to, subject, references, thread }: Prepared): RemoteRef {
  const proof = { folder: '', uid: 0, validity: '', to, subject, references: [...references, messageId], thread }
  return { id: messageId, url: '', proof }
}

/** Where the copy is, the mail was sent. Where none is, nobody can tell: it went to another server, which keeps nothing for us. */
async function find(session: Session, prepared: Json): Promise<Found> {
  const letter = preparedSchema.parse(prepared)
  const kept = await visit(session, readCredentials(session.credentials), async (client) => {
    const folder = await sentFolder(client)
    if (folder === null) return []
    await client.mailboxOpen(folder, { readOnly: true })
    return (await client.search({ header: { 'message-id': letter.messageId } }, { uid: true })) || []
  })
  return kept.length > 0 ? { state: 'published', ...refOf(letter) } : { state: 'unproven' }
}
