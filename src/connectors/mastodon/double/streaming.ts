// The streams of the double, by web socket: what is posted, edited, deleted and notified, to those who listen.

import type { IncomingMessage, Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { notificationJson, statusJson } from './entities.ts'
import { type DoubleAccount, type DoubleEvent, type DoubleState, isLocal } from './state.ts'
import { tagsIn } from './text.ts'

export interface Streaming {
  /** Drops every connection without a word. */
  cut(): void
  /** Sends text to everybody who listens. */
  send(text: string): void
  connections(): number
}

interface Listener {
  socket: WebSocket
  stream: string
  query: URLSearchParams
  viewer: DoubleAccount | null
}

export function attachStreaming(server: Server, state: DoubleState): Streaming {
  const sockets = new WebSocketServer({ noServer: true })
  const listeners = new Set<Listener>()
  server.on('upgrade', (request, connection, head) => {
    const url = new URL(request.url ?? '/', state.url)
    const token = tokenOf(request, state)
    const stream = url.searchParams.get('stream') ?? ''
    if (!url.pathname.startsWith('/api/v1/streaming') || !token) {
      const status = token ? '404 Not Found' : '401 Unauthorized'
      return void connection.end(
        `HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n{"error":"The access token is invalid"}`,
      )
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      const listener: Listener = { socket, stream, query: url.searchParams, viewer: token.account }
      listeners.add(listener)
      socket.on('close', () => listeners.delete(listener))
    })
  })
  state.watchers.add((event) => {
    for (const listener of listeners) if (wants(listener, event, state)) tell(listener, event, state)
  })
  return {
    cut() {
      for (const { socket } of listeners) socket.terminate()
    },
    send(text) {
      for (const { socket } of listeners) socket.send(text)
    },
    connections: () => listeners.size,
  }
}

function tokenOf(request: IncomingMessage, state: DoubleState) {
  const [, value] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
  return state.tokens.find((token) => token.value === value && !token.revoked)
}

function wants({ stream, query, viewer }: Listener, event: DoubleEvent, state: DoubleState): boolean {
  if (event.event === 'notification') {
    return (stream === 'user:notification' || stream === 'user') && event.notification.to.id === viewer?.id
  }
  const { status } = event
  if (stream === 'list') return state.lists.get(query.get('list') ?? '')?.has(status.account.id) ?? false
  if (status.visibility !== 'public' || status.reblogOf) return false
  if (stream === 'public') return true
  if (stream === 'public:local') return isLocal(status.account)
  return stream === 'hashtag' && tagsIn(status.text).includes((query.get('tag') ?? '').toLowerCase())
}

function tell({ socket, stream, query, viewer }: Listener, event: DoubleEvent, state: DoubleState): void {
  const argument = query.get('tag') ?? query.get('list')
  socket.send(
    JSON.stringify({
      stream: argument === null ? [stream] : [stream, argument],
      event: event.event,
      payload: payloadOf(event, viewer, state),
    }),
  )
}

/** JSON within JSON, and an id as it is: so the API is. */
function payloadOf(event: DoubleEvent, viewer: DoubleAccount | null, state: DoubleState): string {
  if (event.event === 'delete') return event.status.id
  if (event.event === 'notification') return JSON.stringify(notificationJson(event.notification, state))
  return JSON.stringify(statusJson(event.status, viewer, state))
}
