// Freezes a part into the exact record that will be written: text, marks, blobs, reply references, time and key.

import type { Json, Part, RemoteRef, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { readCredentials } from './authorize.ts'
import { makeEmbed } from './embeds.ts'
import { facetsOf, mentionedHandles } from './facets.ts'
import { resolveHandle } from './identity.ts'
import { gatesOf, type Options, readOptions, selfLabels } from './options.ts'
import { momentOf, recordKey } from './record-key.ts'
import { type Credentials, type Prepared, postProof } from './wire.ts'

const collection = 'app.bsky.feed.post'

export async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  const credentials = readCredentials(session)
  const options = readOptions(part.draft)
  const { embed, blobs } = await makeEmbed(session, credentials, part.segment)
  const text = part.segment.text.toWellFormed()
  const facets = facetsOf(text, await resolveMentions(session, credentials, text))
  const moment = momentOf(part.dueAt, part.position)
  const rkey = recordKey(key, moment)
  const createdAt = createdAtOf(session.now(), part).toISOString()
  const record: { [key: string]: Json } = {
    $type: collection,
    text,
    createdAt,
    ...(part.draft.language ? { langs: [part.draft.language] } : {}),
    ...(facets.length > 0 ? { facets: facets.map(asJson) } : {}),
    ...replyOf(part),
    ...(embed ? { embed } : {}),
    ...labelsOf(options, part),
  }
  const repo = credentials.did
  const gates = part.role === 'post' ? gatesOf(options, `at://${repo}/${collection}/${rkey}`, createdAt) : []
  const writes = [{ collection, rkey, record }, ...gates.map((gate) => ({ ...gate, rkey }))]
  return { repo, writes, blobs } satisfies Prepared
}

/** The planned moment, unless it has passed: feeds distrust posts that claim to be older than their arrival. */
function createdAtOf(now: Date, part: Part): Date {
  return momentOf(part.dueAt > now ? part.dueAt : now, part.position)
}

async function resolveMentions(session: Session, credentials: Credentials, text: string): Promise<Map<string, string>> {
  const dids = new Map<string, string>()
  for (const handle of mentionedHandles(text)) {
    const did = await resolveHandle(session, credentials.pds, handle)
    if (did !== null) dids.set(handle, did)
  }
  return dids
}

/** A thread goes on from its last segment; the first comment answers the post itself. */
function replyOf({ role, root, previous }: Part): { reply?: Json } {
  const parent = role === 'comment' ? root : previous
  return root && parent ? { reply: { root: strong(root), parent: strong(parent) } } : {}
}

/** Replies name the exact content they answer, which only the network's own answer tells. */
function strong(ref: RemoteRef): { uri: string; cid: string } {
  const proof = postProof.safeParse(ref.proof)
  if (!proof.success) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  return { uri: ref.id, cid: proof.data.cid }
}

function labelsOf(options: Options, part: Part): { labels?: Json } {
  const labels = part.role === 'comment' ? null : selfLabels(options)
  return labels ? { labels } : {}
}

function asJson({ index, features }: ReturnType<typeof facetsOf>[number]): Json {
  return { index, features }
}
