// Sends a part of a draft as a record under a key of our own, so that sending it again cannot make a second post.

import { isDeepStrictEqual } from 'node:util'
import type { Found, Json, Publish, RemoteRef, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { authorizeWith, readCredentials } from './authorize.ts'
import { check } from './check.ts'
import { uploadBlob } from './embeds.ts'
import { prepare } from './prepare.ts'
import { publicName } from './profile.ts'
import { type Prepared, postProof, prepared as preparedSchema, storedRecord, strongRef, type Write } from './wire.ts'
import { procedure, query } from './xrpc.ts'

const year = 365 * 24 * 3600

export const publish: Publish = {
  check,
  prepare,
  submit: (session, prepared) => submit(session, readPrepared(prepared)),
  find: (session, prepared) => find(session, readPrepared(prepared)),
  remove,
  // A record key is taken for good: the same record under it is accepted and changes nothing, another is refused.
  keyLifetime: 10 * year,
  settle: 5,
}

async function submit(session: Session, prepared: Prepared): Promise<Submission> {
  const post = await putPost(session, prepared)
  const [, ...gates] = prepared.writes
  for (const gate of gates) await putGate(session, prepared.repo, gate)
  return { state: 'published', ...refOf(session, prepared, post.cid) }
}

async function putPost(session: Session, prepared: Prepared): Promise<{ uri: string; cid: string }> {
  try {
    return await putOwn(session, prepared)
  } catch (error) {
    // Servers drop blobs that no record came for. The files give the same blobs again, and nothing was written.
    if (!(error instanceof ConnectorError && error.code === 'BlobNotFound') || prepared.blobs.length === 0) throw error
    await uploadAgain(session, prepared)
    return putOwn(session, prepared)
  }
}

/** A record under our key that is not word for word ours is no refusal of the post, but something to look at. */
function putOwn(session: Session, { repo, writes: [post] }: Prepared): Promise<{ uri: string; cid: string }> {
  return put(session, repo, post!).catch((error) => {
    if (error instanceof ConnectorError && error.code === 'InvalidSwap') throw unknownAfter(error)
    throw error
  })
}

const unknownAfter = ({ code, status, retryAt }: ConnectorError) =>
  new ConnectorError({ kind: 'unknown', code, status, ...(retryAt ? { retryAt } : {}) })

function put(session: Session, repo: string, write: Write): Promise<{ uri: string; cid: string }> {
  const credentials = readCredentials(session)
  return procedure(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'com.atproto.repo.putRecord',
    // null: only where nothing stands yet. An identical record is let through by the server.
    input: { repo, ...write, swapRecord: null },
    schema: strongRef,
    write: true,
  })
}

async function uploadAgain(session: Session, prepared: Prepared): Promise<void> {
  const credentials = readCredentials(session)
  for (const { media, cid } of prepared.blobs) {
    const blob = await uploadBlob(session, credentials, await session.media(media))
    // The approved content names this very blob.
    if (blob.ref.$link !== cid) throw new ConnectorError({ kind: 'rejected', code: 'media-changed' })
  }
}

async function putGate(session: Session, repo: string, gate: Write): Promise<void> {
  try {
    await put(session, repo, gate)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // Somebody has set the gate otherwise in the meantime, which is their right.
    if (error.code === 'InvalidSwap') return
    // The post stands: whatever went wrong, the whole is to be looked up and then finished, never sent as if nothing were there.
    throw unknownAfter(error)
  }
}

// ── Afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function find(session: Session, prepared: Prepared): Promise<Found> {
  const [post, ...gates] = prepared.writes as [Write, ...Write[]]
  const stored = await read(session, prepared.repo, post)
  if (stored === null) return { state: 'absent' }
  if (!isDeepStrictEqual(stored.value, post.record)) return { state: 'unsure' }
  for (const gate of gates) {
    // The post without its gate is unfinished; sending the part again completes it and repeats nothing.
    if ((await read(session, prepared.repo, gate)) === null) return { state: 'unproven' }
  }
  return { state: 'published', ...refOf(session, prepared, stored.cid) }
}

async function read(session: Session, repo: string, { collection, rkey }: Write) {
  const credentials = readCredentials(session)
  try {
    return await query(session, {
      base: credentials.pds,
      authorize: authorizeWith(credentials),
      id: 'com.atproto.repo.getRecord',
      params: { repo, collection, rkey },
      schema: storedRecord,
    })
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'RecordNotFound') return null
    throw error
  }
}

/** Deleting what is not there succeeds on this network. */
async function remove(session: Session, ref: RemoteRef): Promise<void> {
  const credentials = readCredentials(session)
  const { repo, collection, rkey } = partsOf(ref.id)
  const proof = postProof.safeParse(ref.proof)
  const gates = proof.success ? (proof.data.gates ?? []) : []
  for (const one of [collection, ...gates]) {
    await procedure(session, {
      base: credentials.pds,
      authorize: authorizeWith(credentials),
      id: 'com.atproto.repo.deleteRecord',
      input: { repo, collection: one, rkey },
    })
  }
}

function partsOf(uri: string): { repo: string; collection: string; rkey: string } {
  const [, repo, collection, rkey] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? []
  if (!repo || !collection || !rkey) throw new ConnectorError({ kind: 'rejected', code: 'id-unreadable' })
  return { repo, collection, rkey }
}

function refOf(session: Session, { repo, writes }: Prepared, cid: string): RemoteRef {
  const [post, ...gates] = writes as [Write, ...Write[]]
  const proof: Json = gates.length > 0 ? { cid, gates: gates.map((gate) => gate.collection) } : { cid }
  return {
    id: `at://${repo}/${post.collection}/${post.rkey}`,
    url: `https://bsky.app/profile/${publicName(session.account.handle, repo)}/post/${post.rkey}`,
    proof,
  }
}

function readPrepared(prepared: Json): Prepared {
  return preparedSchema.parse(prepared)
}
