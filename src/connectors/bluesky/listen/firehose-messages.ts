// The messages of a repository firehose (com.atproto.sync.subscribeRepos), read into what was said.

import { isoTime } from '../../../lib/iso-time.ts'
import { ConnectorError } from '../../errors.ts'
import type { Gathering } from '../../heard.ts'
import { CborError, type Cid, findBlocks, readCbor } from './cbor.ts'
import { readAccount, readIdentity } from './jetstream-messages.ts'
import { heardCollections, isDid, isObject, readRecord, recordId } from './records.ts'

/** How far a firehose was read. */
export interface FirehosePlace {
  /** Number of the last event, of this server alone; null: none yet. */
  seq: number | null
  /** When the last event was written, in milliseconds; without a number, when the listening began. */
  at: number
}

export interface FirehoseState {
  place: FirehosePlace
  /** Older events are a repetition of what was heard: the server could only begin with all that it has. */
  ignoreBefore: number
  /** Events before the first one may be missing. */
  doubt: 'cursor-too-old' | 'server-restarted' | null
}

/** The server is behind the number we left it with: it was set up anew. */
export class UnknownSeq extends Error {}

export function readFirehoseMessage(message: Uint8Array, state: FirehoseState, into: Gathering): void {
  try {
    readFrame(Buffer.isBuffer(message) ? message : Buffer.from(message), state, into)
  } catch (error) {
    if (!(error instanceof CborError)) throw error
    into.unreadable++
  }
}

function readFrame(bytes: Buffer, state: FirehoseState, into: Gathering): void {
  const { value: head, end } = readCbor(bytes)
  const { value: body } = readCbor(bytes, end)
  if (!isObject(head) || !isObject(body)) throw new CborError('no frame')
  if (head.op === -1) throw streamError(body)
  if (head.t === '#info') {
    if (body.name === 'OutdatedCursor') state.doubt = 'cursor-too-old'
    return
  }
  const { seq } = body
  const at = isoTime(String(body.time))
  if (typeof seq !== 'number' || Number.isNaN(at)) throw new CborError('no event')
  if (state.place.seq !== null && seq <= state.place.seq) return
  if (at >= state.ignoreBefore) readEvent(head.t, body, at, { state, into })
  state.place.seq = seq
  state.place.at = Math.max(at, state.place.at)
}

interface Place {
  state: FirehoseState
  into: Gathering
}

function readEvent(kind: unknown, body: Record<string, unknown>, at: number, { state, into }: Place): void {
  into.reachedAt = new Date(at)
  if (state.doubt !== null) {
    if (at > state.place.at) into.gaps.push({ from: new Date(state.place.at), to: new Date(at), reason: state.doubt })
    state.doubt = null
  }
  if (kind === '#commit') readCommit(body, at, into)
  else if (kind === '#account') readAccount(body, into)
  else if (kind === '#identity') readIdentity(body, into)
}

interface Operation {
  action: unknown
  collection: string
  rkey: string
  cid: Buffer | null
}

function readCommit(body: Record<string, unknown>, heardAt: number, into: Gathering): void {
  const { repo: did, ops, blocks, tooBig } = body
  // Servers of before 2025 left out what was too much, and said so.
  if (tooBig === true || !isDid(did)) into.unreadable++
  if (!isDid(did) || !Array.isArray(ops)) return
  const operations = ops.flatMap(readOperation)
  const written = operations.filter(({ cid }) => cid !== null)
  if (operations.length === 0) return
  const found = Buffer.isBuffer(blocks)
    ? findBlocks(
        blocks,
        written.map(({ cid }) => cid!),
      )
    : []
  for (const operation of operations) {
    const place = { did, collection: operation.collection, rkey: operation.rkey }
    if (operation.action === 'delete') {
      into.events.push({ type: 'removed', id: recordId(place) })
      continue
    }
    const block = found[written.indexOf(operation)] ?? null
    const heard = block === null ? null : readRecord(place, readCbor(block).value, heardAt, into)
    if (heard === null) into.unreadable++
    else into.events.push({ type: operation.action === 'update' ? 'changed' : 'heard', heard })
  }
}

/** Only of collections in which something is said: the rest of a commit is never unpacked. */
function readOperation(operation: unknown): Operation[] {
  if (!isObject(operation) || typeof operation.path !== 'string') return []
  const [collection = '', rkey = '', ...more] = operation.path.split('/')
  if (!heardCollections.includes(collection) || rkey === '' || rkey.length > 512 || more.length > 0) return []
  const cid = isObject(operation.cid) && 'cid' in operation.cid ? (operation.cid as unknown as Cid).cid : null
  return [{ action: operation.action, collection, rkey, cid }]
}

function streamError(body: Record<string, unknown>): Error {
  if (body.error === 'FutureCursor') return new UnknownSeq()
  const code = typeof body.error === 'string' ? body.error.slice(0, 60) : 'stream-error'
  return new ConnectorError({ kind: 'unavailable', code })
}
