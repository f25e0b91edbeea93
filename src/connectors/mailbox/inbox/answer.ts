// Answers a mail: sent once by SMTP, kept where the account keeps what it sent, and looked for there by an id of our own.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Attached, type Letter, openLine } from '../../../lib/postman.ts'
import { checkDraft } from '../../check.ts'
import type {
  DraftMedia,
  Found,
  Issue,
  Json,
  Limits,
  MediaFile,
  Part,
  RemoteRef,
  Session,
  Submission,
} from '../../contract.ts'
import type { Answer } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { type Credentials, readCredentials, visit } from '../imap.ts'
import { reachOut } from '../smtp.ts'
import { refProof } from './conversation.ts'
import { sentFolder } from './folders.ts'

export const answer: Answer = {
  check: (draft, limits) => [...checkDraft(draft, limits), ...checkTogether(draft.segments[0]?.media ?? [])],
  prepare,
  submit,
  find,
  settle: 10,
  limits: (): Limits => ({
    text: { max: 200_000, unit: 'code-points', format: 'plain', required: true },
    images: {
      max: mostFiles,
      types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      maxBytes: 10_000_000,
      altMax: 1_000,
    },
    videos: {
      ...{ max: mostFiles, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: mostBytes },
      ...{ maxSeconds: 3_600, altMax: 1_000 },
    },
    documents: { max: mostFiles, types: ['application/pdf'], maxBytes: mostBytes },
    mixed: true,
  }),
}

const mostFiles = 10
/** Of all files together. They grow by a third on their way, and many servers take no mail above 25 MB. */
const mostBytes = 15_000_000

function checkTogether(media: DraftMedia[]): Issue[] {
  const [field, level] = ['segments.0.media', 'error'] as const
  if (media.length > mostFiles)
    return [{ level, code: 'media.too-many', field, params: { max: mostFiles, count: media.length } }]
  const count = media.reduce((sum, { bytes }) => sum + bytes, 0)
  return count > mostBytes
    ? [{ level, code: 'media.together-too-large', field, params: { max: mostBytes, count } }]
    : []
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
  /** Ids of the files that go with it; what was prepared before there were any has none. */
  files: z.array(z.string()).default([]),
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
    files: part.segment.media.map(({ id }) => id),
  }
}

function outgoing({ smtp, from }: Credentials): { smtp: NonNullable<Credentials['smtp']>; from: Prepared['from'] } {
  if (!smtp || !from) throw new ConnectorError({ kind: 'forbidden', code: 'no-outgoing-server' })
  return { smtp, from }
}

const letterOf = (
  { from, to, subject, text, messageId, inReplyTo, references, date }: Prepared,
  attachments: Attached[],
): Letter => ({
  ...{ from, to, subject, text, messageId, inReplyTo, references },
  ...(attachments.length > 0 ? { attachments } : {}),
  date: new Date(date),
  headers: {},
})

/** Read before anything is said to the mail server: a file that cannot be read leaves nothing in doubt. */
async function attachedTo(session: Session, { files }: Prepared): Promise<Attached[]> {
  const attached: Attached[] = []
  let bytes = 0
  for (const id of files) {
    const file = await session.media(id)
    const content = Buffer.from(await new Response(file.open()).arrayBuffer())
    bytes += content.length
    if (bytes > mostBytes)
      throw new ConnectorError({ kind: 'rejected', code: 'media.together-too-large', field: 'segments.0.media' })
    attached.push({ filename: nameOf(file), content, contentType: file.type })
  }
  return attached
}

const endings: Record<string, string[]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'video/mp4': ['.mp4', '.m4v'],
  'video/quicktime': ['.mov'],
  'video/webm': ['.webm'],
  'application/pdf': ['.pdf'],
}

/** Programs open a file by the end of its name, and a picture may have become one of another type. */
function nameOf({ fileName, type }: Pick<MediaFile, 'fileName' | 'type'>): string {
  const fitting = endings[type] ?? []
  if (fitting.length === 0 || fitting.some((ending) => fileName.toLowerCase().endsWith(ending))) return fileName
  return `${fileName.replace(/\.[a-z0-9]{1,5}$/i, '')}${fitting[0]}`
}

async function submit(session: Session, prepared: Json): Promise<Submission> {
  const letter = preparedSchema.parse(prepared)
  const credentials = readCredentials(session.credentials)
  const attached = await attachedTo(session, letter)
  const line = openLine(await reachOut(session, { ...credentials, ...outgoing(credentials) }))
  try {
    const { posting, source } = await Promise.race([line.hand(letterOf(letter, attached)), outOfTime(session.signal)])
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
