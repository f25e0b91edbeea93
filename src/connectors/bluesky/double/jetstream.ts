// A Jetstream on this machine that speaks both versions of the protocol as they are documented, and breaks on demand.

import { createServer, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

export interface JetstreamEvent {
  seq: number
  /** When it was seen, in microseconds. */
  us: number
  did: string
  kind: 'commit' | 'account' | 'identity'
  commit?: { operation: 'create' | 'update' | 'delete'; collection: string; rkey: string; record?: unknown }
  account?: { active: boolean; status?: string }
  identity?: { handle?: string }
}

type NewEvent = Omit<JetstreamEvent, 'seq' | 'us'> & { us?: number }

export interface JetstreamDouble {
  url: string
  /** `host:port`, for `allowPrivate`. */
  host: string
  log: JetstreamEvent[]
  /** The requests for a stream, in order, with their queries. */
  asked: URL[]
  /** Servers of before the second version know only `/subscribe`. */
  v2: boolean
  add(event: NewEvent): JetstreamEvent
  /** Something said; the key is new unless given. */
  post(text: string, more?: { rkey?: string; did?: string; record?: object; us?: number }): JetstreamEvent
  /** Forgets what is older than the event: its cursor is below the floor. */
  forgetBefore(seq: number): void
  /** Is set up anew: its numbers begin again at 1. */
  renumber(): void
  /** Sends bytes to everybody who is connected. */
  send(message: string | Uint8Array): void
  /** Drops every connection without a word. */
  cut(): void
  /** Answers the next handshakes with a status. */
  refuse(status: number, answer?: { headers?: Record<string, string>; body?: string; times?: number }): void
  connections(): number
  stop(): Promise<void>
}

interface Subscriber {
  socket: WebSocket
  version: 'legacy' | 'v2'
  collections: string[]
  dids: string[]
}

export async function startJetstreamDouble({ v2 = true }: { v2?: boolean } = {}): Promise<JetstreamDouble> {
  const subscribers = new Set<Subscriber>()
  const refusals: { status: number; headers: Record<string, string>; body: string }[] = []
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const server = createServer((_request, response) => response.writeHead(404).end())
  let floor = 0
  let nextSeq = 1
  let keys = 0

  server.on('upgrade', (request, connection, head) => {
    const url = new URL(request.url ?? '/', double.url)
    double.asked.push(url)
    const refusal = refusals.shift() ?? judge(url, double.v2, floor)
    if (refusal) return refuse(connection, refusal)
    sockets.handleUpgrade(request, connection, head, (socket) => begin(socket, url))
  })

  function begin(socket: WebSocket, url: URL): void {
    const version = url.pathname === '/subscribe' ? 'legacy' : 'v2'
    const collections = url.searchParams.getAll(version === 'v2' ? 'collections' : 'wantedCollections')
    const dids = url.searchParams.getAll(version === 'v2' ? 'dids' : 'wantedDids')
    const subscriber: Subscriber = { socket, version, collections, dids }
    const asked = url.searchParams.get('cursor')
    const cursor = asked === null ? null : Number(asked)
    const byTime = cursor !== null && cursor >= 1e15
    const kept = double.log.filter(({ seq }) => seq >= floor)
    if (version === 'v2' && cursor !== null) {
      const oldest = kept[0]
      if (byTime && oldest && floor > 1 && cursor < oldest.us) info(socket, 'OutdatedCursor')
      if (!byTime && cursor > nextSeq) info(socket, 'FutureCursor')
    }
    const since = (event: JetstreamEvent) =>
      cursor !== null && (byTime ? event.us >= cursor : cursor <= nextSeq && event.seq >= cursor)
    for (const event of kept.filter(since)) deliver(subscriber, event)
    subscribers.add(subscriber)
    socket.on('close', () => subscribers.delete(subscriber))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const double: JetstreamDouble = {
    url: `http://${host}`,
    host,
    log: [],
    asked: [],
    v2,
    add(event) {
      const now = Date.now() * 1000
      const us = event.us ?? Math.max(now, (double.log.at(-1)?.us ?? 0) + 1)
      const added = { ...event, seq: nextSeq++, us }
      double.log.push(added)
      for (const subscriber of subscribers) deliver(subscriber, added)
      return added
    },
    post(text, { rkey = `k${++keys}`, did = 'did:plc:tortoise', record = {}, us } = {}) {
      const written = { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), ...record }
      const commit = { operation: 'create' as const, collection: 'app.bsky.feed.post', rkey, record: written }
      return double.add({ did, kind: 'commit', commit, ...(us === undefined ? {} : { us }) })
    },
    forgetBefore(seq) {
      floor = seq
    },
    renumber() {
      nextSeq = 1
      for (const event of double.log) event.seq = nextSeq++
      floor = 0
    },
    send(message) {
      for (const { socket } of subscribers) socket.send(message)
    },
    cut() {
      for (const { socket } of subscribers) socket.terminate()
    },
    refuse(status, { headers = {}, body = '{}', times = 1 } = {}) {
      for (let count = 0; count < times; count++) refusals.push({ status, headers, body })
    },
    connections: () => subscribers.size,
    stop() {
      double.cut()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
  return double
}

// ── Handshakes ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface Refusal {
  status: number
  headers: Record<string, string>
  body: string
}

function judge(url: URL, v2: boolean, floor: number): Refusal | null {
  const refused = (status: number, error: string): Refusal => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error, message: error }),
  })
  if (url.pathname === '/subscribe') return null
  if (!v2 || url.pathname !== '/xrpc/network.bsky.jetstream.subscribeEvents')
    return refused(404, 'MethodNotImplemented')
  if (url.searchParams.has('wantedCollections')) return refused(400, 'InvalidRequest')
  const cursor = Number(url.searchParams.get('cursor') ?? Number.POSITIVE_INFINITY)
  return cursor < 1e15 && cursor < floor ? refused(400, 'CursorTooOld') : null
}

function refuse(connection: Duplex, { status, headers, body }: Refusal): void {
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`)
}

// ── Messages ────────────────────────────────────────────────────────────────────────────────────────────────────────

const lexicon = 'network.bsky.jetstream.subscribeEvents'

function info(socket: WebSocket, name: string): void {
  socket.send(JSON.stringify({ $type: 'message', payload: { $type: `${lexicon}#info`, name, message: name } }))
}

function deliver({ socket, version, collections, dids }: Subscriber, event: JetstreamEvent): void {
  if (dids.length > 0 && !dids.includes(event.did)) return
  if (event.commit && collections.length > 0 && !collections.includes(event.commit.collection)) return
  socket.send(JSON.stringify(version === 'v2' ? v2Message(event) : legacyMessage(event)))
}

/** As servers of both versions write it. */
export function legacyMessage({ did, us, seq, kind, commit, account, identity }: JetstreamEvent) {
  const time = new Date(us / 1000).toISOString()
  return {
    did,
    time_us: us,
    kind,
    ...(commit ? { commit: { rev: '3l3qo2vutsw2b', ...commit, ...cidOf(commit.record) } } : {}),
    ...(account ? { account: { ...account, did, seq, time } } : {}),
    ...(identity ? { identity: { ...identity, did, seq, time } } : {}),
  }
}

export function v2Message({ did, us, seq, kind, commit, account, identity }: JetstreamEvent) {
  const time = `${new Date(us / 1000).toISOString().slice(0, -1)}000Z`
  const base = { $type: `${lexicon}#${kind}`, seq, did, time, witnessedAt: time }
  const upstream = { did, seq: 900_000 + seq, time }
  return {
    $type: 'message',
    payload: {
      ...base,
      ...(commit ? { rev: '3l3qo2vutsw2b', ...commit, ...cidOf(commit.record) } : {}),
      ...(account ? { account: { ...account, ...upstream } } : {}),
      ...(identity ? { identity: { ...identity, ...upstream } } : {}),
    },
  }
}

const cidOf = (record: unknown) =>
  record === undefined ? {} : { cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi' }
