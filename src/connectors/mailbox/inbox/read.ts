// Reads what came into the folder of a mailbox and what was sent from it, and finds a whole conversation.

import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { Json, RemoteRef, Session } from '../../contract.ts'
import type { InboxBatch, Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { backfillFrom, newTelling, oldestFirst, type Telling, tell } from '../../said.ts'
import { type Credentials, maxMailBytes, readCredentials, visit } from '../imap.ts'
import { readConversation, refProof } from './conversation.ts'
import { sentFolder } from './folders.ts'
import { place, recall, remember, type Threads } from './threads.ts'

const folderPlace = z.object({
  /** When it changes, the folder's numbers begin anew. */
  validity: z.string(),
  uid: z.number().int().nonnegative(),
  at: z.number(),
})
const cursorSchema = z.object({ folders: z.record(z.string(), folderPlace), threads: z.json() })

/** Of one folder in one visit; the rest comes at once. */
const most = 50

interface Visit {
  session: Session
  client: ImapFlow
  into: Telling
  threads: Threads
  own: string[]
}

export async function pull(session: Session, cursor: Json): Promise<InboxBatch> {
  const credentials = readCredentials(session.credentials)
  const before = cursorSchema.safeParse(cursor).data ?? { folders: {}, threads: null }
  const into = newTelling()
  // A mailbox without a way out is listened to, for its alerts; nobody asked for conversations with those.
  if (credentials.smtp === null) return { ...into, cursor, more: false }
  const threads = recall(before.threads)
  return visit(session, credentials, async (client) => {
    const sent = await sentFolder(client)
    const folders: Record<string, z.infer<typeof folderPlace>> = {}
    let more = false
    const at = { session, client, into, threads, own: ownAddresses(session, credentials) }
    for (const path of new Set([credentials.folder, ...(sent === null ? [] : [sent])])) {
      const read = await readFolder(at, path, { before: before.folders[path], isSent: path === sent })
      folders[path] = read.place
      more ||= read.more
    }
    return { ...into, events: oldestFirst(into.events), cursor: { folders, threads: remember(threads) }, more }
  })
}

/** The name to sign in with is an address at most servers; what is answered with may be another. */
export function ownAddresses({ account }: Pick<Session, 'account'>, { user, from }: Credentials): string[] {
  const given = [account.handle, user, from?.address ?? '']
  return [...new Set(given.map((one) => one.toLowerCase()).filter((one) => one.includes('@')))]
}

async function readFolder(
  at: Visit,
  path: string,
  { before, isSent }: { before: z.infer<typeof folderPlace> | undefined; isSent: boolean },
): Promise<{ place: z.infer<typeof folderPlace>; more: boolean }> {
  const { session, client, into } = at
  const folder = await client.mailboxOpen(path, { readOnly: true })
  const validity = String(folder.uidValidity)
  const renewed = before !== undefined && before.validity !== validity
  if (renewed) into.gaps.push({ from: new Date(before.at), to: session.now(), reason: 'server-restarted' })
  const known = before === undefined || renewed ? null : before.uid
  const numbers = await newNumbers(client, known, session.now())
  const taken = numbers.slice(0, most)
  await readMails(at, taken, { folder: path, validity, isSent })
  const end = Math.max(0, folder.uidNext - 1)
  const uid =
    taken.length < numbers.length ? taken.at(-1)! : Math.max(known ?? 0, taken.at(-1) ?? 0, known === null ? end : 0)
  return { place: { validity, uid, at: session.now().getTime() }, more: taken.length < numbers.length }
}

/** At the first visit those of the last weeks, whoever has read them. */
async function newNumbers(client: ImapFlow, known: number | null, now: Date): Promise<number[]> {
  const asked = known === null ? { since: backfillFrom(now) } : { uid: `${known + 1}:*` }
  const found = (await client.search(asked, { uid: true })) || []
  // `*` is the last mail even where its number is lower.
  return found.filter((number) => known === null || number > known).sort((a, b) => a - b)
}

async function readMails(
  { session, client, into, threads, own }: Visit,
  numbers: number[],
  facts: { folder: string; validity: string; isSent: boolean },
): Promise<void> {
  if (numbers.length === 0) return
  const query = { source: { maxLength: maxMailBytes }, internalDate: true, uid: true } as const
  const now = session.now().getTime()
  for await (const { source, internalDate, uid } of client.fetch(numbers.join(), query, { uid: true })) {
    const given = internalDate instanceof Date ? internalDate.getTime() : Date.parse(String(internalDate ?? ''))
    const receivedAt = Math.min(Number.isNaN(given) ? now : given, now)
    try {
      const read = source ? await readConversation(source, { ...facts, uid, receivedAt, own }, into) : null
      if (read) place(read, threads)
      tell(into, read?.said ?? null)
    } catch {
      // A mail that takes the reader apart is one that cannot be read.
      into.unreadable++
    }
  }
}

const mostOfThread = 200

/** Every mail of the two folders that names the conversation or one of its mails. */
export async function thread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const credentials = readCredentials(session.credentials)
  const proof = refProof.safeParse(ref.proof).data
  if (!proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  const into = newTelling()
  await visit(session, credentials, async (client) => {
    const sent = await sentFolder(client)
    const at = { session, client, into, threads: recall(null), own: ownAddresses(session, credentials) }
    for (const path of new Set([credentials.folder, ...(sent === null ? [] : [sent])])) {
      const { uidValidity } = await client.mailboxOpen(path, { readOnly: true })
      const numbers = new Set<number>()
      for (const id of new Set([proof.thread, ...proof.references.slice(-3)])) {
        for (const field of ['message-id', 'references', 'in-reply-to']) {
          for (const uid of (await client.search({ header: { [field]: id } }, { uid: true })) || []) numbers.add(uid)
        }
      }
      const newest = [...numbers].sort((a, b) => a - b).slice(-mostOfThread)
      await readMails(at, newest, { folder: path, validity: String(uidValidity), isSent: path === sent })
    }
  })
  const found = new Map<string, Said>()
  for (const event of oldestFirst(into.events)) if ('said' in event) found.set(event.said.id, event.said)
  // What the pull has put into one conversation stays there, whatever this look alone would say.
  for (const one of found.values()) {
    one.thread = proof.thread
    one.root = one.id === proof.thread ? one.ref : { id: proof.thread, url: '' }
  }
  return [...found.values()]
}
