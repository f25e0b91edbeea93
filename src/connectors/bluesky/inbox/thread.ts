// The whole thread around a post, from its root on, with the places of what is gone.

import { z } from 'zod'
import type { RemoteRef, Session } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { oldestFirst, said } from '../../said.ts'
import { readCredentials } from '../authorize.ts'
import { personOf, viewSchema } from '../listen/views.ts'
import { ask, isGone, nameAbouts } from './posts.ts'
import { placeOf, refProof, saidPost } from './said-posts.ts'

const postNode = z.object({
  post: viewSchema.extend({ cid: z.string() }),
  replies: z.array(z.unknown()).catch([]),
  parent: z.unknown().optional(),
})
const absentNode = z.object({ uri: z.string(), notFound: z.literal(true) })

/** As deep as the network lets anybody ask. */
const deepest = 1000
/** A thread of more is read to here, so that no stranger decides how much memory we need. */
const mostNodes = 5000

export async function readThread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const root = refProof.safeParse(ref.proof).data?.root ?? ref.id
  const tree = await readTree(session, root).catch((error: unknown) => {
    // Where the root is gone, what is left of the thread hangs on the message itself.
    if (root !== ref.id && error instanceof ConnectorError && isGone(error)) return readTree(session, ref.id)
    throw error
  })
  const all = flatten(tree, readCredentials(session).did, root)
  const sorted = oldestFirst(all.map((one) => ({ type: 'said', said: one }))).flatMap((event) =>
    'said' in event ? [event.said] : [],
  )
  await nameAbouts(session, sorted)
  return sorted
}

async function readTree(session: Session, uri: string): Promise<unknown> {
  const params = { uri, depth: String(deepest), parentHeight: String(deepest) }
  const { thread } = await ask(session, 'app.bsky.feed.getPostThread', {
    params,
    schema: z.object({ thread: z.unknown() }),
  })
  return thread
}

function flatten(tree: unknown, me: string, root: string): Said[] {
  const found = new Map<string, Said>()
  const waiting: { node: unknown; near: Date }[] = [{ node: tree, near: new Date(0) }]
  while (waiting.length > 0 && found.size < mostNodes) {
    const { node, near } = waiting.pop()!
    const absent = absentNode.safeParse(node).data
    if (absent && !found.has(absent.uri)) found.set(absent.uri, goneFrom(absent.uri, { root, near, me }))
    const parsed = postNode.safeParse(node).data
    if (!parsed || found.has(parsed.post.uri)) continue
    const { uri, cid, record, indexedAt, author } = parsed.post
    const seenAt = Date.parse(indexedAt) || Number.NaN
    const one = saidPost({ uri, cid, record, seenAt, author: personOf(author), me }, { cut: 0 })
    if (one) found.set(uri, one)
    for (const next of [...parsed.replies, parsed.parent]) if (next) waiting.push({ node: next, near: one?.at ?? near })
  }
  return [...found.values()]
}

/** Nobody tells when it was said; it stands where it stood. */
function goneFrom(uri: string, { root, near, me }: { root: string; near: Date; me: string }): Said {
  const url = `https://bsky.app/profile/${placeOf(uri).did}/post/${placeOf(uri).rkey}`
  return said({
    id: uri,
    ref: { id: uri, url },
    thread: root,
    kind: 'reply',
    isOurs: placeOf(uri).did === me,
    at: near,
    text: '',
    marks: ['gone'],
  })
}
