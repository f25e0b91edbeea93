// Reads what has come into a folder since the last visit.

import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { Json } from '../contract.ts'
import { type Gathering, newGathering } from '../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { maxMailBytes, readCredentials, visit } from './imap.ts'
import { type MailChoice, readMail } from './read-mail.ts'

const choices = ['auto', 'alerts', 'mails'] as const satisfies readonly MailChoice[]
const settingsSchema = z.object({ read: z.enum(choices) })

export const folderKind: SourceKind = {
  key: 'folder',
  label: 'What comes into the mailbox',
  help: 'Mail alerts become the articles they name, other mails are messages. Asked every five minutes; nothing is marked as read.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [{ key: 'read', label: 'Read as', kind: 'choice', required: true, choices: [...choices], preset: 'auto' }],
  everySeconds: 300,
  normalise(values) {
    const read = z.enum(choices).safeParse(values.read || 'auto')
    return read.success ? { settings: { read: read.data } } : { field: 'read', code: 'choice-unknown' }
  },
  poll,
}

const cursorSchema = z.object({
  /** Of the folder: when it changes, its numbers begin anew. */
  validity: z.string(),
  uid: z.number().int().nonnegative(),
  at: z.number(),
})

/** The rest comes with the next reading. */
const most = 100

async function poll(session: ListenSession, cursor: Json): Promise<StreamBatch> {
  const { read } = settingsSchema.parse(session.settings)
  const credentials = readCredentials(session.credentials)
  const parsed = cursorSchema.safeParse(cursor)
  const before = parsed.success ? parsed.data : null
  const gathering = newGathering()
  const reaching = { signal: session.signal, reach: session.transport.reach }
  const next = await visit(reaching, credentials, async (client) => {
    const folder = await client.mailboxOpen(credentials.folder, { readOnly: true })
    const validity = String(folder.uidValidity)
    const renewed = before !== null && before.validity !== validity
    if (renewed) gathering.gaps.push({ from: new Date(before.at), to: session.now(), reason: 'server-restarted' })
    const known = before !== null && !renewed ? before.uid : null
    const numbers = await newNumbers(client, known)
    let uid = known ?? Math.max(0, folder.uidNext - 1)
    if (numbers.length > 0) uid = (known ?? 0) > numbers.at(-1)! ? known! : numbers.at(-1)!
    await readMails(client, numbers, { read, gathering, now: session.now() })
    return { validity, uid, at: session.now().getTime() }
  })
  return { ...gathering, cursor: next }
}

/** At the first visit those that nobody has read, of the newest; later all that are new, read by somebody or not. */
async function newNumbers(client: ImapFlow, known: number | null): Promise<number[]> {
  const asked = known === null ? { seen: false } : { uid: `${known + 1}:*` }
  const found = (await client.search(asked, { uid: true })) || []
  // `*` is the last mail even where its number is lower.
  const numbers = found.filter((number) => known === null || number > known).sort((a, b) => a - b)
  return known === null ? numbers.slice(-most) : numbers.slice(0, most)
}

interface Into {
  read: MailChoice
  gathering: Gathering
  now: Date
}

async function readMails(client: ImapFlow, numbers: number[], { read, gathering, now }: Into): Promise<void> {
  if (numbers.length === 0) return
  const query = { source: { maxLength: maxMailBytes }, internalDate: true } as const
  for await (const { source, internalDate } of client.fetch(numbers.join(), query, { uid: true })) {
    const given = internalDate instanceof Date ? internalDate.getTime() : Date.parse(String(internalDate ?? ''))
    const receivedAt = Math.min(Number.isNaN(given) ? now.getTime() : given, now.getTime())
    gathering.bytes += source?.byteLength ?? 0
    try {
      const told = source ? await readMail(source, { choice: read, receivedAt }, gathering) : []
      if (told.length === 0) gathering.unreadable++
      for (const heard of told) gathering.events.push({ type: 'heard', heard })
    } catch {
      // A mail that takes the reader apart is one that cannot be read.
      gathering.unreadable++
    }
  }
}
