// What the account may do about posts and people: like, hide below its own posts, mute and block. Each succeeds when it is so already.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Json, RemoteRef, Session } from '../../contract.ts'
import type { Moderate, ModerationAction } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { authorizeWith, readCredentials } from '../authorize.ts'
import { recordKey } from '../record-key.ts'
import { storedRecord, strongRef } from '../wire.ts'
import { procedure } from '../xrpc.ts'
import { chatRef } from './chat-words.ts'
import { ask, isGone } from './posts.ts'
import { placeOf, refProof } from './said-posts.ts'

const people = ['mute-author', 'unmute-author', 'block-author', 'unblock-author'] as const
const reactions = ['like', 'unlike'] as const

export const moderate: Moderate = {
  actions(kind) {
    if (kind === 'message') return people
    return kind === 'reply' ? ['hide', 'unhide', ...reactions, ...people] : [...reactions, ...people]
  },
  act,
}

async function act(session: Session, action: ModerationAction, ref: RemoteRef): Promise<void> {
  const author = chatRef(ref)?.author ?? placeOf(ref.id).did
  if (action === 'like') return like(session, ref)
  if (action === 'unlike') return unlike(session, ref)
  if (action === 'hide' || action === 'unhide') return hide(session, ref, action === 'hide')
  if (action === 'mute-author') return tell(session, 'app.bsky.graph.muteActor', { actor: author })
  if (action === 'unmute-author') return tell(session, 'app.bsky.graph.unmuteActor', { actor: author })
  if (action === 'block-author') return block(session, author)
  if (action === 'unblock-author') return unblock(session, author)
  throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
}

async function tell(session: Session, id: string, input: Record<string, unknown>): Promise<void> {
  const credentials = readCredentials(session)
  await procedure(session, { base: credentials.pds, authorize: authorizeWith(credentials), id, input })
}

// ── Likes and blocks ────────────────────────────────────────────────────────────────────────────────────────────────

const year = 365 * 86_400_000

/** The same subject always has the same key, spread over a year, so that saying it twice says it once. */
function keyFor(kind: string, subject: string): string {
  const hash = createHash('sha256').update(`${kind} ${subject}`).digest()
  return recordKey(
    hash.toString('hex'),
    new Date(Date.UTC(2023, 0, 1) + Number(hash.readBigUInt64BE(8) % BigInt(year))),
  )
}

const viewer = z.object({ like: z.string().optional(), blocking: z.string().optional() }).catch({})

async function likeOf(session: Session, uri: string): Promise<string | undefined> {
  const schema = z.object({ posts: z.array(z.object({ viewer })) })
  const { posts } = await ask(session, 'app.bsky.feed.getPosts', { params: { uris: [uri] }, schema })
  return posts[0]?.viewer.like
}

async function like(session: Session, ref: RemoteRef): Promise<void> {
  if (chatRef(ref)) throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
  const proof = refProof.safeParse(ref.proof).data
  if (!proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  if (await likeOf(session, ref.id)) return
  await write(session, 'app.bsky.feed.like', keyFor('like', ref.id), { subject: { uri: ref.id, cid: proof.cid } })
}

async function unlike(session: Session, ref: RemoteRef): Promise<void> {
  await erase(session, 'app.bsky.feed.like', keyFor('like', ref.id))
  // One that was made elsewhere has a key of its own.
  const other = await likeOf(session, ref.id)
  if (other) await erase(session, 'app.bsky.feed.like', placeOf(other).rkey)
}

const block = (session: Session, subject: string): Promise<void> =>
  write(session, 'app.bsky.graph.block', keyFor('block', subject), { subject })

async function unblock(session: Session, subject: string): Promise<void> {
  await erase(session, 'app.bsky.graph.block', keyFor('block', subject))
  const schema = z.object({ viewer })
  const { viewer: seen } = await ask(session, 'app.bsky.actor.getProfile', { params: { actor: subject }, schema })
  if (seen.blocking) await erase(session, 'app.bsky.graph.block', placeOf(seen.blocking).rkey)
}

async function write(
  session: Session,
  collection: string,
  rkey: string,
  facts: { [key: string]: Json },
): Promise<void> {
  const credentials = readCredentials(session)
  const record = { $type: collection, ...facts, createdAt: session.now().toISOString() }
  try {
    await procedure(session, {
      base: credentials.pds,
      authorize: authorizeWith(credentials),
      id: 'com.atproto.repo.putRecord',
      input: { repo: credentials.did, collection, rkey, record, swapRecord: null },
      schema: strongRef,
    })
  } catch (error) {
    // It stands there already, with another time.
    if (!(error instanceof ConnectorError && error.code === 'InvalidSwap')) throw error
  }
}

/** Deleting what is not there succeeds on this network. */
const erase = (session: Session, collection: string, rkey: string): Promise<void> =>
  tell(session, 'com.atproto.repo.deleteRecord', { repo: readCredentials(session).did, collection, rkey })

// ── Hiding ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const gates = 'app.bsky.feed.threadgate'
const gateSchema = z.looseObject({ hiddenReplies: z.array(z.string()).optional() })
/** By the lexicon; the oldest give way. */
const mostHidden = 300
const triesToSwap = 4

/** Replies are hidden by the gate of the thread, which only whoever began it has. */
async function hide(session: Session, ref: RemoteRef, hidden: boolean): Promise<void> {
  const { did: repo } = readCredentials(session)
  const root = refProof.safeParse(ref.proof).data?.root ?? ''
  if (placeOf(root).did !== repo) throw new ConnectorError({ kind: 'forbidden', code: 'thread-not-ours' })
  for (let tries = 1; ; tries++) {
    try {
      return await setGate(session, { root, uri: ref.id, hidden })
    } catch (error) {
      // Somebody else changed the gate between our reading and our writing.
      if (!(error instanceof ConnectorError && error.code === 'InvalidSwap') || tries === triesToSwap) throw error
    }
  }
}

async function setGate(session: Session, { root, uri, hidden }: { root: string; uri: string; hidden: boolean }) {
  const credentials = readCredentials(session)
  const rkey = placeOf(root).rkey
  const before = await readGate(session, rkey)
  const listed = before?.gate.hiddenReplies ?? []
  if (listed.includes(uri) === hidden) return
  const hiddenReplies = hidden ? [...listed, uri].slice(-mostHidden) : listed.filter((one) => one !== uri)
  const fresh = { $type: gates, post: root, createdAt: session.now().toISOString() }
  await procedure(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'com.atproto.repo.putRecord',
    input: {
      ...{ repo: credentials.did, collection: gates, rkey, swapRecord: before?.cid ?? null },
      record: { ...(before?.gate ?? fresh), hiddenReplies },
    },
    schema: strongRef,
  })
}

async function readGate(session: Session, rkey: string) {
  const params = { repo: readCredentials(session).did, collection: gates, rkey }
  try {
    const { cid, value } = await ask(session, 'com.atproto.repo.getRecord', { params, schema: storedRecord })
    return { cid, gate: gateSchema.parse(value) }
  } catch (error) {
    if (error instanceof ConnectorError && isGone(error)) return null
    throw error
  }
}
