// The messages of a Jetstream in both versions of its protocol, read into what was said.

import { isoTime } from '../../../lib/iso-time.ts'
import { ConnectorError } from '../../errors.ts'
import { author, type Gathering, heardLine } from '../../heard.ts'
import { authorOf, heardCollections, isDid, isObject, readRecord, recordId } from './records.ts'

/** How far a Jetstream was read. Times are microseconds since 1970, as its cursors are. */
export interface JetstreamPlace {
  protocol: 'legacy' | 'v2'
  /** Number of the last event, of this server alone; null: none yet, or the legacy protocol. */
  seq: number | null
  /** When the server saw the last event. */
  us: number
}

/** What a stream keeps in mind from message to message. */
export interface JetstreamState {
  place: JetstreamPlace
  /** The server said, or it is to be feared, that events before its first one are missing. */
  doubt: { reason: 'cursor-too-old' | 'replay-limit'; from: Date; unlessBefore: number } | null
}

/** The server does not know the number we left it with: it is another one, or it was set up anew. */
export class UnknownPlace extends Error {}

export function readLegacyMessage(message: Uint8Array, state: JetstreamState, into: Gathering): void {
  const event = parse(message)
  if (!isObject(event) || typeof event.time_us !== 'number' || !(event.time_us > 0)) {
    into.unreadable++
    return
  }
  const { did, kind, time_us: us } = event
  begin(us, state, into)
  state.place.us = us
  if (kind === 'commit') readCommit(did, isObject(event.commit) ? event.commit : {}, us / 1000, into)
  else if (kind === 'account') readAccount(event.account, into)
  else if (kind === 'identity') readIdentity(event.identity, into)
}

export function readV2Message(message: Uint8Array, state: JetstreamState, into: Gathering): void {
  const frame = parse(message)
  if (!isObject(frame)) {
    into.unreadable++
    return
  }
  const { payload } = frame
  if (frame.$type === 'error') throw streamError(frame)
  // A kind of frame that is newer than we are is no garbage.
  if (frame.$type !== 'message' && typeof frame.$type === 'string') return
  if (!isObject(payload) || typeof payload.$type !== 'string') {
    into.unreadable++
    return
  }
  const kind = payload.$type.slice(payload.$type.indexOf('#') + 1)
  if (kind === 'info') {
    readInfo(payload, state)
    return
  }
  const { seq, did } = payload
  const time = isoTime(String(payload.witnessedAt ?? payload.time))
  if (typeof seq !== 'number' || !(seq > 0) || Number.isNaN(time)) {
    into.unreadable++
    return
  }
  // The cursor is inclusive: the last event comes again.
  if (state.place.seq !== null && seq <= state.place.seq) return
  begin(time * 1000, state, into)
  state.place.seq = seq
  state.place.us = time * 1000
  if (kind === 'commit') readCommit(did, payload, time, into)
  else if (kind === 'account') readAccount(payload.account, into)
  else if (kind === 'identity') readIdentity(payload.identity, into)
}

/** At the first event it shows whether the server began where it was asked to. */
function begin(us: number, state: JetstreamState, into: Gathering): void {
  into.reachedAt = into.reachedAt ?? new Date(0)
  into.reachedAt.setTime(us / 1000)
  if (state.doubt === null) return
  const { reason, from, unlessBefore } = state.doubt
  if (us > unlessBefore) into.gaps.push({ from, to: new Date(us / 1000), reason })
  state.doubt = null
}

function readCommit(did: unknown, commit: Record<string, unknown>, heardAt: number, into: Gathering): void {
  const { operation, collection, rkey, record } = commit
  // A server that does not filter is read all the same.
  if (typeof collection === 'string' && !heardCollections.includes(collection)) return
  if (typeof collection !== 'string' || !isDid(did) || typeof rkey !== 'string' || rkey.length > 512) {
    into.unreadable++
    return
  }
  const place = { did, collection, rkey }
  if (operation === 'delete') {
    into.events.push({ type: 'removed', id: recordId(place) })
    return
  }
  const heard = readRecord(place, record, heardAt, into)
  if (heard === null) into.unreadable++
  else if (operation === 'update') into.events.push({ type: 'changed', heard })
  else into.events.push({ type: 'heard', heard })
}

/** Only a deletion is for good; what is deactivated or taken down may come back. */
export function readAccount(account: unknown, into: Gathering): void {
  if (!isObject(account) || !isDid(account.did)) return
  if (account.active === false && account.status === 'deleted') {
    into.events.push({ type: 'author-removed', id: account.did })
  }
}

export function readIdentity(identity: unknown, into: Gathering): void {
  if (!isObject(identity) || !isDid(identity.did)) return
  const handle = heardLine(identity.handle, 253)
  if (handle === null) return
  into.events.push({ type: 'author', author: author(identity.did, { ...authorOf(identity.did), handle }) })
}

function readInfo(info: Record<string, unknown>, state: JetstreamState): void {
  if (info.name === 'FutureCursor') throw new UnknownPlace()
  // Said once, before the first event, which is then known to be later than what was asked for.
  if (info.name === 'OutdatedCursor') {
    const from = new Date(state.place.us / 1000)
    state.doubt = { reason: 'cursor-too-old', from, unlessBefore: 0 }
  }
}

function streamError(frame: Record<string, unknown>): ConnectorError {
  const code = typeof frame.error === 'string' ? frame.error.slice(0, 60) : 'stream-error'
  return new ConnectorError({ kind: 'unavailable', code })
}

/** undefined: this is no JSON. Depth costs nothing, since the engine's parser does not recurse. */
function parse(message: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(message) ? message.toString() : Buffer.from(message).toString())
  } catch {
    return undefined
  }
}
