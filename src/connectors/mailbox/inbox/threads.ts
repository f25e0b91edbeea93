// To which conversation a mail belongs: by the mails that it names, and by its subject where a program names none.

import { z } from 'zod'
import { sha256Hex } from '../../../lib/hash.ts'
import type { Json } from '../../contract.ts'
import { isAnswer, type ReadMail } from './conversation.ts'

const memorySchema = z.object({
  /** Ids of conversations, the newest last. */
  threads: z.array(z.string()),
  /** Short name of a mail, and the place of its conversation in the list. */
  links: z.array(z.tuple([z.string(), z.number()])),
  /** Short name of subject and partner, the conversation, and when it was last said there. */
  subjects: z.array(z.tuple([z.string(), z.string(), z.number()])),
})

export interface Threads {
  /** Conversation by the short name of a mail. */
  links: Map<string, string>
  subjects: Map<string, { thread: string; at: number }>
}

const mostLinks = 600
const mostSubjects = 150
/** A subject alone names a conversation no longer than this: people write `Question` again. */
const subjectHoldsMs = 30 * 86_400_000

const shortName = (text: string): string => Buffer.from(sha256Hex(text).slice(0, 16), 'hex').toString('base64url')

export function recall(memory: Json): Threads {
  const { threads, links, subjects } = memorySchema.safeParse(memory).data ?? { threads: [], links: [], subjects: [] }
  const known = links.flatMap(([name, at]): [string, string][] =>
    threads[at] === undefined ? [] : [[name, threads[at]]],
  )
  return { links: new Map(known), subjects: new Map(subjects.map(([name, thread, at]) => [name, { thread, at }])) }
}

export function remember({ links, subjects }: Threads): Json {
  const kept = [...links].slice(-mostLinks)
  const threads = [...new Set(kept.map(([, thread]) => thread))]
  const place = new Map(threads.map((thread, at) => [thread, at]))
  return {
    threads,
    links: kept.map(([name, thread]): Json => [name, place.get(thread)!]),
    subjects: [...subjects].slice(-mostSubjects).map(([name, { thread, at }]): Json => [name, thread, at]),
  }
}

/** Puts a mail into its conversation, and remembers it for those that answer it. */
export function place({ said, ancestors, subject, partner }: ReadMail, threads: Threads): void {
  const known = ancestors.toReversed().map((id) => threads.links.get(shortName(id)))
  const byName = known.find((thread) => thread !== undefined)
  const bySubject =
    ancestors.length === 0 && isAnswer(said.subject) ? sameSubject(said.at, { subject, partner }, threads) : null
  const thread = byName ?? bySubject ?? ancestors[0] ?? said.id
  for (const id of [...ancestors, said.id]) note(threads.links, shortName(id), thread)
  if (subject !== '' && partner !== '')
    note(threads.subjects, shortName(`${subject}\n${partner}`), { thread, at: said.at.getTime() })
  said.thread = thread
  said.ref.proof = { ...(said.ref.proof as { [key: string]: Json }), thread }
  said.root = thread === said.id ? said.ref : { id: thread, url: '' }
}

function sameSubject(
  at: Date,
  { subject, partner }: { subject: string; partner: string },
  { subjects }: Threads,
): string | null {
  if (subject === '' || partner === '') return null
  const found = subjects.get(shortName(`${subject}\n${partner}`))
  return found && Math.abs(at.getTime() - found.at) < subjectHoldsMs ? found.thread : null
}

/** Deleting first keeps the map in the order of use. */
function note<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
}
