// Mastodon by its streams: a web socket that brings what is said now, after the list has brought what was said meanwhile.

import { z } from 'zod'
import type { Json } from '../../contract.ts'
import { batchesOf, type Gathering } from '../../heard.ts'
import type { ListenSession, MessageStream, SourceField, SourceKind, StreamBatch } from '../../listen.ts'
import { notOffered } from '../instance.ts'
import { api, callerOf, explainFor } from '../wire.ts'
import { gatherStatus, statusId } from './statuses.ts'
import {
  gatherItem,
  laterId,
  missedSince,
  newestId,
  notified,
  placeSchema,
  type Timeline,
  type TimelinePlace,
} from './timelines.ts'

type Settings = Record<string, string>

/** Listening needs an account everywhere: servers have shown their streams to members alone since version 4.2. */
function kindOf(
  { key, label, help }: Pick<SourceKind, 'key' | 'label' | 'help'>,
  field: SourceField | null,
  read: { clean?(typed: string): string | null; timeline(settings: Settings): Timeline },
): SourceKind {
  return {
    key,
    label,
    help,
    way: 'stream',
    shared: false,
    needsAccount: true,
    fields: field === null ? [] : [field],
    normalise(values) {
      if (field === null) return { settings: {} }
      const value = read.clean?.(values[field.key] ?? '') ?? null
      return value === null ? { field: field.key, code: `${field.key}-invalid` } : { settings: { [field.key]: value } }
    },
    stream: (session, cursor) =>
      listenTo(session, cursor, read.timeline(z.record(z.string(), z.string()).parse(session.settings))),
  }
}

const publicTimeline = { path: '/api/v1/timelines/public', scope: 'read:statuses' }

export const publicKind = kindOf(
  {
    key: 'public',
    label: 'Everything that the server knows',
    help: 'All public posts of this server and of those it knows.',
  },
  null,
  {
    timeline: () => ({ ...publicTimeline, stream: { stream: 'public' } }),
  },
)

export const localKind = kindOf(
  { key: 'local', label: 'Everything on the server', help: 'All public posts of the people of this server.' },
  null,
  {
    timeline: () => ({ ...publicTimeline, query: { local: 'true' }, stream: { stream: 'public:local' } }),
  },
)

export const hashtagKind = kindOf(
  { key: 'hashtag', label: 'A hashtag', help: 'Posts with one hashtag, as far as the server knows them.' },
  { key: 'tag', label: 'Hashtag', kind: 'text', required: true },
  {
    clean: (typed) => /^#?([\p{L}\p{N}\p{M}_\u00b7]{1,100})$/u.exec(typed.trim())?.[1]?.toLowerCase() ?? null,
    timeline: ({ tag = '' }) => ({
      path: `/api/v1/timelines/tag/${encodeURIComponent(tag)}`,
      scope: 'read:statuses',
      stream: { stream: 'hashtag', tag },
    }),
  },
)

export const listKind = kindOf(
  { key: 'list', label: 'A list', help: 'What the people of one list of the account write.' },
  { key: 'list', label: 'Number or address of the list', kind: 'text', required: true },
  {
    // As a number, or as the address of the list in the browser.
    clean: (typed) => /^(?:https?:\/\/\S+\/lists\/)?([A-Za-z0-9]{1,40})$/.exec(typed.trim())?.[1] ?? null,
    timeline: ({ list = '' }) => ({
      path: `/api/v1/timelines/list/${encodeURIComponent(list)}`,
      scope: 'read:lists',
      stream: { stream: 'list', list },
    }),
  },
)

/** Mentions of the account, and answers to it. */
export const mentionsKind = kindOf(
  { key: 'mentions', label: 'Mentions and answers', help: 'Who mentions the account or answers it.' },
  null,
  {
    timeline: () => ({
      path: `/api/v1/notifications?${notified.map((type) => `types[]=${type}`).join('&')}`,
      scope: 'read:notifications',
      stream: { stream: 'user:notification' },
      notifications: true,
    }),
  },
)

async function* listenTo(session: ListenSession, cursor: Json, timeline: Timeline): AsyncGenerator<StreamBatch> {
  // Opened first: what is said while the list is read waits there.
  const socket = await openStream(session, timeline)
  try {
    const parsed = placeSchema.safeParse(cursor)
    const begin = { lastId: '', at: session.now().getTime() }
    let place: TimelinePlace = parsed.success ? parsed.data : { ...begin, lastId: await newestId(session, timeline) }
    if (parsed.success) {
      for await (const batch of missedSince(session, timeline, place)) {
        place = placeSchema.parse(batch.cursor)
        yield batch
      }
    }
    yield* batchesOf(socket, {
      signal: session.signal,
      read(message, into) {
        const id = readMessage(session, timeline, message, into)
        if (id !== null) place.lastId = laterId(place.lastId, id)
        place.at = into.reachedAt?.getTime() ?? place.at
      },
      cursor: () => ({ ...place }),
    })
  } finally {
    socket.close()
  }
}

// ── The stream ──────────────────────────────────────────────────────────────────────────────────────────────────────

const streamingAddress = z.object({
  configuration: z
    .object({ urls: z.object({ streaming: z.string() }) })
    .optional()
    .catch(undefined),
  urls: z.object({ streaming_api: z.string() }).optional().catch(undefined),
})

/** Many servers stream from a host of their own, which the instance names. */
async function openStream(session: ListenSession, timeline: Timeline): Promise<MessageStream> {
  const caller = callerOf(session)
  const address =
    (await statedAddress(session, '/api/v2/instance')) ?? (await statedAddress(session, '/api/v1/instance'))
  const base = (address ?? caller.server).replace(/\/+$/, '')
  const secure = /^(wss|https):/i.test(base)
  // The token goes along, so it goes in the clear only where the API itself is asked in the clear.
  const host = secure || caller.server.startsWith('http:') ? base : caller.server
  return session.transport.webSocket({
    url: `${host}/api/v1/streaming?${new URLSearchParams(timeline.stream)}`,
    headers: { authorization: `Bearer ${caller.credentials?.accessToken ?? ''}` },
    explain: explainFor(caller, timeline.scope),
  })
}

async function statedAddress(session: ListenSession, path: string): Promise<string | null> {
  try {
    const { body } = await api(session, callerOf(session), { path, schema: streamingAddress })
    return body.configuration?.urls.streaming ?? body.urls?.streaming_api ?? null
  } catch (error) {
    if (notOffered(error)) return null
    throw error
  }
}

const frame = z.object({ event: z.string(), payload: z.string().optional() })

/** Answers the id at the server that the place moves on to; null: it stays. */
function readMessage(session: ListenSession, timeline: Timeline, message: Uint8Array, into: Gathering): string | null {
  const text = Buffer.from(message).toString()
  const parsed = frame.safeParse(json(text))
  // A heartbeat is empty.
  if (!parsed.success) {
    if (text.trim() !== '') into.unreadable++
    return null
  }
  const { event, payload = '' } = parsed.data
  const { server } = callerOf(session)
  if (event === 'delete') into.events.push({ type: 'removed', id: statusId(server, payload.slice(0, 100)) })
  if (event === 'status.update' && !timeline.notifications) {
    gatherStatus(json(payload), { server, now: session.now(), changed: true }, into)
  }
  const wanted = timeline.notifications ? 'notification' : 'update'
  return event === wanted ? gatherItem(session, timeline, json(payload), into) : null
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
