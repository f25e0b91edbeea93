// Bluesky by Jetstream: one connection from a place on, in whichever version of the protocol the server speaks.

import { z } from 'zod'
import type { Json } from '../../contract.ts'
import { ConnectorError } from '../../errors.ts'
import { batchesOf } from '../../heard.ts'
import type { HeardAuthor, ListenSession, MessageStream, SourceKind, StreamBatch, StreamEvent } from '../../listen.ts'
import {
  type JetstreamPlace,
  type JetstreamState,
  readLegacyMessage,
  readV2Message,
  UnknownPlace,
} from './jetstream-messages.ts'
import { postCollection, repostCollection } from './records.ts'
import { explainHandshake, originOf } from './server-address.ts'

/** Run by Bluesky for everybody, without an account (https://bsky.network/docs/jetstream/). */
export const publicServer = 'https://jetstream2.us-east.bsky.network'

const settingsSchema = z.object({
  server: z.string(),
  protocol: z.enum(['auto', 'v2', 'legacy']),
  reposts: z.boolean(),
})

export interface Settings extends z.infer<typeof settingsSchema> {
  /** Only these people, by their ids, with what is known of them. Absent: everybody. */
  people?: ReadonlyMap<string, HeardAuthor>
}

export const jetstreamKind: SourceKind = {
  key: 'jetstream',
  label: 'Everything said in public (Jetstream)',
  help: 'All public posts as they are written, a hundred a second and more. No account is needed. Only what matches a topic is kept.',
  way: 'stream',
  shared: true,
  needsAccount: false,
  fields: [
    { key: 'server', label: 'Server', kind: 'url', required: true, preset: publicServer },
    {
      key: 'protocol',
      label: 'Version of the protocol',
      kind: 'choice',
      required: true,
      choices: ['auto', 'v2', 'legacy'],
      preset: 'auto',
    },
    { key: 'reposts', label: 'Reposts too', kind: 'choice', required: true, choices: ['yes', 'no'], preset: 'yes' },
  ],
  normalise,
  stream: (session, cursor) => readJetstream(session, cursor, settingsSchema.parse(session.settings)),
}

function normalise(values: Record<string, string>): { settings: Json } | { field: string; code: string } {
  const server = originOf(values.server ?? publicServer)
  if (server === null) return { field: 'server', code: 'address-invalid' }
  const protocol = z.enum(['auto', 'v2', 'legacy']).safeParse(values.protocol || 'auto')
  if (!protocol.success) return { field: 'protocol', code: 'choice-unknown' }
  return { settings: { server, protocol: protocol.data, reposts: values.reposts !== 'no' } }
}

const placeSchema = z.object({
  protocol: z.enum(['legacy', 'v2']),
  seq: z.number().positive().nullable(),
  us: z.number().positive(),
})

export async function* readJetstream(
  session: ListenSession,
  cursor: Json,
  settings: Settings,
): AsyncGenerator<StreamBatch> {
  const { people } = settings
  const parsed = placeSchema.safeParse(cursor)
  // Without a place it is noted at once, so that even a connection which is lost before its first event leaves no gap.
  let place: JetstreamPlace = parsed.success
    ? parsed.data
    : { protocol: 'v2', seq: null, us: session.now().getTime() * 1000 }
  for (let anew = false; ; anew = true) {
    const { stream, state } = await connect(session, settings, place)
    const read = state.place.protocol === 'v2' ? readV2Message : readLegacyMessage
    try {
      yield* batchesOf(stream, {
        signal: session.signal,
        read(message, into) {
          const before = into.events.length
          read(message, state, into)
          if (people) for (const event of into.events.slice(before)) nameAuthor(event, people)
        },
        cursor: () => ({ ...state.place }),
      })
      return
    } catch (error) {
      if (!(error instanceof UnknownPlace) || anew) throw error
      // Numbers belong to one server; its time is understood by every other.
      place = { ...state.place, seq: null }
    }
  }
}

/** A stream names people by their number alone. */
function nameAuthor(event: StreamEvent, people: ReadonlyMap<string, HeardAuthor>): void {
  if (!('heard' in event) || event.heard.author === null) return
  event.heard.author = people.get(event.heard.author.id) ?? event.heard.author
}

// ── Connecting ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface Connected {
  stream: MessageStream
  state: JetstreamState
}

async function connect(session: ListenSession, settings: Settings, place: JetstreamPlace): Promise<Connected> {
  if (settings.protocol === 'legacy') return connectLegacy(session, settings, place)
  try {
    return await connectV2(session, settings, place)
  } catch (error) {
    if (settings.protocol === 'auto' && saysUnknownMethod(error)) return connectLegacy(session, settings, place)
    throw error
  }
}

/** What a server answers that has never heard of the newer method. */
function saysUnknownMethod(error: unknown): boolean {
  return error instanceof ConnectorError && (error.kind === 'gone' || [404, 405, 501].includes(error.status ?? 0))
}

/** How long before the last event a resumed stream begins: events seen at about that time may have come in any order. */
const overlapUs = 2_000_000

async function connectV2(session: ListenSession, settings: Settings, place: JetstreamPlace): Promise<Connected> {
  const known = place.protocol === 'v2' ? place.seq : null
  const state: JetstreamState = { place: { protocol: 'v2', seq: known, us: place.us }, doubt: null }
  try {
    return { stream: await openV2(session, settings, known ?? place.us - overlapUs), state }
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'CursorTooOld') throw error
    // By time the server begins with the oldest it has, and says so.
    state.place.seq = null
    state.doubt = { reason: 'cursor-too-old', from: new Date(place.us / 1000), unlessBefore: place.us }
    return { stream: await openV2(session, settings, place.us), state }
  }
}

function openV2(session: ListenSession, settings: Settings, cursor: number): Promise<MessageStream> {
  const query = new URLSearchParams({ cursor: String(Math.floor(cursor)) })
  for (const kind of ['commit', 'account', 'identity']) query.append('kinds', kind)
  for (const collection of wanted(settings)) query.append('collections', collection)
  for (const did of settings.people?.keys() ?? []) query.append('dids', did)
  const url = `${settings.server}/xrpc/network.bsky.jetstream.subscribeEvents?${query}`
  return session.transport.webSocket({ url, protocols: ['xrpc.v1.json'], explain: explainHandshake })
}

async function connectLegacy(session: ListenSession, settings: Settings, place: JetstreamPlace): Promise<Connected> {
  const query = new URLSearchParams({ cursor: String(Math.floor(place.us - overlapUs)) })
  for (const collection of wanted(settings)) query.append('wantedCollections', collection)
  for (const did of settings.people?.keys() ?? []) query.append('wantedDids', did)
  const stream = await session.transport.webSocket({
    url: `${settings.server}/subscribe?${query}`,
    explain: explainHandshake,
  })
  // This protocol clamps in silence. What proves that nothing is missing is the last event, which comes again.
  const from = new Date(place.us / 1000)
  const doubt = { reason: 'replay-limit' as const, from, unlessBefore: place.us + toleranceUs }
  // A place in which nothing was ever heard has no last event that could come again.
  const heardBefore = place.seq !== null || place.protocol === 'legacy'
  return {
    stream,
    state: { place: { protocol: 'legacy', seq: null, us: place.us }, doubt: heardBefore ? doubt : null },
  }
}

/** The last event may have been deleted since; the next one is not far on a network that is never quiet. */
const toleranceUs = 5_000_000

const wanted = ({ reposts }: Settings): string[] => (reposts ? [postCollection, repostCollection] : [postCollection])
