// A service for direct messages as the network's own speaks, in memory, held to the network's lexicons in both directions.

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { recordKey } from '../record-key.ts'

/** The part of the lexicons' own validation that is used; of `@atproto/api`. */
export interface Lexicons {
  assertValidXrpcParams(id: string, value: unknown): unknown
  assertValidXrpcInput(id: string, value: unknown): void
  assertValidXrpcOutput(id: string, value: unknown): void
}

export interface ChatMember {
  did: string
  handle: string
}

interface ChatMessage {
  id: string
  rev: string
  text: string
  sender: { did: string }
  sentAt: string
  deletedFor: Set<string>
}

interface Convo {
  id: string
  rev: string
  members: ChatMember[]
  messages: ChatMessage[]
  read: Map<string, string>
}

export interface ChatDouble {
  url: string
  /** As the proxy header names it. */
  service: string
  /** Departures from the lexicons, by us as a client or by the double. */
  violations: string[]
  /** The conversation of these people; answers its id. */
  convoOf(members: ChatMember[]): string
  /** Somebody says it there; answers the id of the message. */
  say(convoId: string, from: string, text: string): string
  /** Somebody takes a message out of their own view. */
  deleteFor(did: string, convoId: string, messageId: string): void
  messages(convoId: string): { id: string; text: string; from: string }[]
  readBy(convoId: string, did: string): string | undefined
  stop(): Promise<void>
}

interface State {
  convos: Map<string, Convo>
  /** By DID. */
  logs: Map<string, { rev: string; entry: object }[]>
  ticks: number
}

const pageOf = (value: string | null, most: number): number => Math.min(most, Number(value ?? 50) || 50)

export async function startChatDouble(lexicons: Lexicons): Promise<ChatDouble> {
  const state: State = { convos: new Map(), logs: new Map(), ticks: 0 }
  const violations: string[] = []
  const held = (what: string, check: () => unknown) => {
    try {
      check()
    } catch (error) {
      violations.push(`${what}: ${String(error)}`)
    }
  }
  let did = ''
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const id = url.pathname.replace('/xrpc/', '')
    const body = request.method === 'POST' ? (JSON.parse(String(await buffer(request))) as Record<string, never>) : null
    const send = (status: number, answer: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    if (url.pathname === '/.well-known/did.json') return void send(200, documentOf(did))
    const method = methods[id]
    const me = askerOf(request, did, id)
    if (!method) return void send(501, { error: 'MethodNotImplemented' })
    if (!me) return void send(401, { error: 'AuthMissing' })
    const params = Object.fromEntries(url.searchParams)
    if (body) held(id, () => lexicons.assertValidXrpcInput(id, body))
    else
      held(id, () =>
        lexicons.assertValidXrpcParams(id, { ...params, ...(params.limit ? { limit: Number(params.limit) } : {}) }),
      )
    const answer = method(state, me, { query: url.searchParams, body: body ?? {} })
    if (!answer) return void send(400, { error: 'InvalidConvo', message: 'Convo not found' })
    held(id, () => lexicons.assertValidXrpcOutput(id, answer))
    send(200, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  did = `did:web:localhost%3A${port}`
  return {
    url: `http://localhost:${port}`,
    service: `${did}#bsky_chat`,
    violations,
    ...controls(state),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  function documentOf(id: string) {
    const endpoint = `http://localhost:${port}`
    return { id, service: [{ id: '#bsky_chat', type: 'BskyChatService', serviceEndpoint: endpoint }] }
  }
}

function controls(state: State) {
  return {
    convoOf(members: ChatMember[]): string {
      const id = `convo${state.convos.size + 1}`
      const rev = tick(state)
      state.convos.set(id, { id, rev, members, messages: [], read: new Map() })
      for (const { did } of members) log(state, did, { $type: 'chat.bsky.convo.defs#logBeginConvo', rev, convoId: id })
      return id
    },
    say: (convoId: string, from: string, text: string): string =>
      say(state, state.convos.get(convoId)!, { from, text }).id,
    deleteFor(did: string, convoId: string, messageId: string): void {
      const convo = state.convos.get(convoId)!
      const one = convo.messages.find(({ id }) => id === messageId)!
      one.deletedFor.add(did)
      const rev = tick(state)
      log(state, did, { $type: 'chat.bsky.convo.defs#logDeleteMessage', rev, convoId, message: deletedView(one) })
    },
    messages: (convoId: string) =>
      state.convos.get(convoId)!.messages.map(({ id, text, sender }) => ({ id, text, from: sender.did })),
    readBy: (convoId: string, did: string) => state.convos.get(convoId)!.read.get(did),
  }
}

/** The PDS signs for its people; whose word it is stands in the token, and for which service and method. */
function askerOf({ headers }: IncomingMessage, audience: string, method: string): string | null {
  const [, payload = ''] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.')
  if (payload === '') return null
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss: string; aud: string; lxm: string }
  return claims.aud.split('#')[0] === audience && claims.lxm === method ? claims.iss.split('#')[0]! : null
}

function tick(state: State): string {
  return recordKey(`rev ${++state.ticks}`, new Date(Date.UTC(2026, 0, 1) + state.ticks * 1000))
}

function log(state: State, did: string, entry: { $type: string; rev: string; [fact: string]: unknown }): void {
  state.logs.set(did, [...(state.logs.get(did) ?? []), { rev: entry.rev, entry }])
}

function say(state: State, convo: Convo, { from, text }: { from: string; text: string }): ChatMessage {
  const rev = tick(state)
  const sentAt = new Date().toISOString()
  const one: ChatMessage = { id: `m${rev}`, rev, text, sender: { did: from }, sentAt, deletedFor: new Set() }
  convo.messages.push(one)
  convo.rev = rev
  const entry = { $type: 'chat.bsky.convo.defs#logCreateMessage', rev, convoId: convo.id, message: messageView(one) }
  for (const { did } of convo.members) log(state, did, entry)
  return one
}

const messageView = ({ deletedFor: _, ...one }: ChatMessage) => ({ $type: 'chat.bsky.convo.defs#messageView', ...one })
const deletedView = ({ id, rev, sender, sentAt }: ChatMessage) => ({
  $type: 'chat.bsky.convo.defs#deletedMessageView',
  ...{ id, rev, sender, sentAt },
})

const convoView = ({ id, rev, members, messages }: Convo) => ({
  id,
  rev,
  members,
  muted: false,
  unreadCount: 0,
  status: 'accepted',
  ...(messages.length > 0 ? { lastMessage: messageView(messages.at(-1)!) } : {}),
})

// ── Methods ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Asked {
  query: URLSearchParams
  body: { convoId?: string; messageId?: string; message?: { text: string } }
}

/** undefined: no conversation of whoever asks. */
const methods: Record<string, (state: State, me: string, asked: Asked) => object | undefined> = {
  'chat.bsky.convo.listConvos': (state, me, { query }) => {
    const mine = [...state.convos.values()].filter((one) => isMember(one, me)).sort((a, b) => (a.rev < b.rev ? 1 : -1))
    const begin = Number(query.get('cursor') ?? 0)
    const end = begin + pageOf(query.get('limit'), 100)
    return { convos: mine.slice(begin, end).map(convoView), ...(end < mine.length ? { cursor: String(end) } : {}) }
  },
  'chat.bsky.convo.getConvo': (state, me, { query }) => {
    const convo = convoAt(state, me, query.get('convoId'))
    return convo && { convo: convoView(convo) }
  },
  'chat.bsky.convo.getMessages': (state, me, { query }) => {
    const convo = convoAt(state, me, query.get('convoId'))
    if (!convo) return
    const newest = convo.messages.toReversed()
    const begin = Number(query.get('cursor') ?? 0)
    const end = begin + pageOf(query.get('limit'), 100)
    const shown = newest.slice(begin, end).map((one) => (one.deletedFor.has(me) ? deletedView(one) : messageView(one)))
    return { messages: shown, ...(end < newest.length ? { cursor: String(end) } : {}) }
  },
  'chat.bsky.convo.getLog': (state, me, { query }) => {
    const after = query.get('cursor') ?? ''
    const newer = (state.logs.get(me) ?? []).filter(({ rev }) => rev > after).slice(0, 50)
    const last = newer.at(-1)?.rev ?? after
    return { logs: newer.map(({ entry }) => entry), ...(last === '' ? {} : { cursor: last }) }
  },
  'chat.bsky.convo.sendMessage': (state, me, { body }) => {
    const convo = convoAt(state, me, body.convoId ?? null)
    if (!convo) return
    const { $type: _, ...view } = messageView(say(state, convo, { from: me, text: body.message!.text }))
    return view
  },
  'chat.bsky.convo.updateRead': (state, me, { body }) => {
    const convo = convoAt(state, me, body.convoId ?? null)
    convo?.read.set(me, body.messageId ?? '')
    return convo && { convo: convoView(convo) }
  },
}

const isMember = ({ members }: Convo, did: string): boolean => members.some((one) => one.did === did)

function convoAt(state: State, me: string, id: string | null): Convo | undefined {
  const convo = state.convos.get(id ?? '')
  return convo && isMember(convo, me) ? convo : undefined
}
