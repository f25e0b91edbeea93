// A mail as a message of a conversation: who wrote it, to whom an answer goes, what was new in it, and whether a program wrote it.

import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { z } from 'zod'
import type { Said, SaidMark, SaidMedia } from '../../converse.ts'
import { author, heardId, heardLine, heardText, saidAt } from '../../heard.ts'
import { plainText } from '../../html-text.ts'
import { mostMedia, said, saidMedia } from '../../said.ts'
import { mailId } from '../read-mail.ts'
import { cutHtml, cutQuoted } from './quoted.ts'

export interface MailFacts {
  folder: string
  uid: number
  validity: string
  /** When the server took it, in milliseconds. */
  receivedAt: number
  /** Addresses of the account, in small letters. */
  own: string[]
  /** It lies where the account keeps what it sent. */
  isSent: boolean
}

/** What an answer needs. */
export const refProof = z.object({
  folder: z.string(),
  uid: z.number(),
  validity: z.string(),
  /** Where an answer goes. */
  to: z.array(z.string()),
  subject: z.string(),
  references: z.array(z.string()),
  thread: z.string(),
})

/** A message before its thread is known, with what names it. */
export interface ReadMail {
  said: Said
  /** Ids of earlier mails, the oldest first. */
  ancestors: string[]
  /** The subject without `Re:`; empty: it does not name a thread. */
  subject: string
  /** The other side. */
  partner: string
}

const mostReferences = 50
/** Whoever writes to us decides with `Reply-To` who is answered, and must not make us write to a crowd. */
const mostRecipients = 5

/** null: there is nothing in it. A mail of any shape is some mail. */
export async function readConversation(
  source: Uint8Array,
  facts: MailFacts,
  into: { cut: number },
): Promise<ReadMail | null> {
  const mail = await PostalMime.parse(source, { maxNestingDepth: 32, maxHeadersSize: 200_000 })
  const words = wordsOf(mail)
  const media = mediaOf(mail)
  const title = heardLine(mail.subject)
  if (words.text === '' && title === null && media.length === 0) return null
  const sender = addressesOf(mail.from)[0]
  const isOurs = facts.isSent || (sender !== undefined && facts.own.includes(sender.address))
  const marks = marksOf(mail, sender?.address ?? '')
  const bounced = marks.includes('bounce') ? bouncedId(source, mail.messageId) : []
  const ancestors = [...bounced, ...ancestorsOf(mail)]
  const id = mailId(mail)
  const references = namedIn([...ancestors.filter((one) => one !== id), id])
  const others = addressesOf(mail.to).map(({ address }) => address)
  const answerTo = isOurs ? others : answersTo(mail)
  const { folder, uid, validity } = facts
  const proof = {
    ...{ folder, uid, validity, references, thread: id },
    to: answerTo.slice(0, mostRecipients),
    subject: title ?? '',
  }
  const one = said({
    id,
    ref: { id, url: '', proof },
    thread: id,
    kind: 'mail',
    isPrivate: true,
    isOurs,
    at: saidAt(mail.date, facts.receivedAt),
    author: sender
      ? author(sender.address.slice(0, 300), { handle: heardLine(sender.address), name: heardLine(sender.name) })
      : null,
    subject: title,
    text: heardText(words.text, into),
    quoted: words.quoted === null ? null : heardText(words.quoted, { cut: 0 }),
    media,
    replyTo: ancestors.at(-1) ?? null,
    marks: isOurs ? [] : marks,
  })
  return {
    said: one,
    ancestors,
    subject: bareSubject(title ?? ''),
    partner: (isOurs ? others[0] : sender?.address) ?? '',
  }
}

function wordsOf(mail: Email): { text: string; quoted: string | null } {
  const plain = mail.text?.trim().replaceAll('\r\n', '\n')
  if (plain) return cutQuoted(plain)
  const { own, quoted } = cutHtml(mail.html ?? '')
  const text = plainText(own)
  if (text === '') return { text: plainText(mail.html), quoted: null }
  if (quoted !== null) return { text: cutQuoted(text).text, quoted: plainText(quoted) || null }
  return cutQuoted(text)
}

// ── Who ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function addressesOf(given: Address | Address[] | undefined): { name: string; address: string }[] {
  const flat = [given ?? []].flat().flatMap((one) => one.group ?? [one])
  return flat.flatMap(({ name, address }) => {
    const clean = address?.trim().toLowerCase() ?? ''
    return isAddress(clean) ? [{ name: name ?? '', address: clean }] : []
  })
}

/** Nothing that could break out of a header or an envelope. */
const isAddress = (address: string): boolean => /^[^\s<>,;:"()[\]\\@]{1,64}@[^\s<>,;:"()[\]\\@]{1,255}$/.test(address)

function answersTo(mail: Email): string[] {
  const wanted = addressesOf(mail.replyTo)
  return (wanted.length > 0 ? wanted : addressesOf(mail.from)).map(({ address }) => address)
}

// ── What it belongs to ──────────────────────────────────────────────────────────────────────────────────────────────

const idsIn = (text: string | undefined): string[] =>
  (text?.slice(0, 50_000).match(/<[^<>\s]{1,900}>/g) ?? []).flatMap((id) => heardId(id) ?? [])

/** `References` names all of them, the oldest first; programs that leave it out still name the one that they answer. */
function ancestorsOf(mail: Email): string[] {
  const answered = idsIn(mail.inReplyTo)
  return [...new Set([...idsIn(mail.references).filter((id) => !answered.includes(id)), ...answered])].slice(
    -mostReferences,
  )
}

/** The first names the conversation, the last what is answered (RFC 5322 3.6.4); strangers decide how long they are. */
function namedIn(ids: string[]): string[] {
  const usual = ids.filter((one) => one.length <= 300)
  return usual.length > 20 ? [usual[0]!, ...usual.slice(-19)] : usual
}

const prefix =
  /^\s*(?:(?:re|aw|sv|vs|antw|ant|odp|ynt|rif|r|fwd?|wg|tr|vb|enc|doorst)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*)+/i

/** Empty where the subject shows no sign that it answers another mail. */
function bareSubject(subject: string): string {
  const bare = subject.replace(prefix, '').replace(/\s+/g, ' ').trim().toLowerCase()
  return bare.length >= 4 ? bare : ''
}

export const isAnswer = (subject: string | null): boolean => subject !== null && prefix.test(subject)

/** The mail that did not arrive is enclosed, as a whole or by its headers (RFC 3464). */
function bouncedId(source: Uint8Array, own: string | undefined): string[] {
  const text = Buffer.from(source.subarray(0, 500_000)).toString('latin1')
  const found = [...text.matchAll(/^message-id:\s*(<[^<>\s]{1,900}>)/gim)].map(([, id]) => id!)
  return found.filter((id) => id !== own?.trim() && heardId(id) !== null).slice(0, 1)
}

// ── What it is ──────────────────────────────────────────────────────────────────────────────────────────────────────

const robots =
  /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|noreply[+_.-][^@]*|bounces?(?:[+_.-][^@]*)?|notifications?)@/i

/** RFC 3834 and what programs say besides: nobody should answer them, and no rule may. */
function marksOf(mail: Email, sender: string): SaidMark[] {
  const header = (name: string) =>
    mail.headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  const type = header('content-type')
  const isReport = type.startsWith('multipart/report') && /report-type="?delivery-status/.test(type)
  const isBounce =
    isReport ||
    header('x-failed-recipients') !== '' ||
    (header('return-path') === '<>' && /^mailer-daemon@/.test(sender))
  const submitted = header('auto-submitted')
  const automatic =
    isBounce ||
    (submitted !== '' && !submitted.startsWith('no')) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id', 'list-unsubscribe'].some(
      (name) => header(name) !== '',
    ) ||
    /^(?:bulk|list|junk|auto_reply)/.test(header('precedence')) ||
    robots.test(sender)
  const spam = header('x-spam-flag').startsWith('yes') || /^yes\b/.test(header('x-spam-status'))
  return [
    ...(isBounce ? ['bounce' as const] : []),
    ...(automatic ? ['automatic' as const] : []),
    ...(spam ? ['spam' as const] : []),
  ]
}

// ── What comes with it ──────────────────────────────────────────────────────────────────────────────────────────────

const mediaOf = (mail: Email): SaidMedia[] =>
  attachedTo(mail).map((one) => saidMedia(kindOf(one), { name: one.filename ?? one.mimeType }))

/** In the order in which they are told. Pictures of a signature belong to the look of the letter. */
export const attachedTo = (mail: Email): Attachment[] =>
  mail.attachments.filter(({ related, disposition }) => !related || disposition === 'attachment').slice(0, mostMedia)

function kindOf({ mimeType }: Attachment): SaidMedia['kind'] {
  const [family = ''] = mimeType.split('/')
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file'
}
