// Web sockets to outside addresses meet the same guard as requests, and cost no more than is taken from them.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { FetchError } from './fetch-error.ts'
import { type GuardedSocket, guardedSockets, type OpenRequest } from './guarded-socket.ts'

let server: WebSocketServer
let host: string
let stop: AbortController
const peers: WebSocket[] = []

beforeEach(async () => {
  stop = new AbortController()
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false })
  server.on('connection', (peer) => peers.push(peer))
  await new Promise((resolve) => server.once('listening', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  stop.abort()
  for (const peer of peers.splice(0)) peer.terminate()
  await new Promise((resolve) => server.close(resolve))
})

async function connect(request: Partial<OpenRequest> = {}): Promise<{ socket: GuardedSocket; peer: WebSocket }> {
  const opening = await guardedSockets({ allowedPrivate: [host] })(`http://${host}/`, {
    signal: stop.signal,
    ...request,
  })
  if (opening.state !== 'open') throw new Error(`refused with ${opening.status}`)
  await expect.poll(() => peers.length).toBe(1)
  return { socket: opening.socket, peer: peers[0]! }
}

const texts = (messages: Uint8Array[]) => messages.map((message) => Buffer.from(message).toString())

test.each([
  ['this machine', () => `ws://${host}/`],
  ['this machine by name', () => `ws://localhost:${host.split(':')[1]}/`],
  ['this machine in IPv6 clothes', () => 'ws://[::ffff:127.0.0.1]/'],
  ['the metadata of a cloud', () => 'ws://169.254.169.254/'],
  ['another scheme', () => 'ftp://example.org/'],
])('%s is refused', async (_name, url) => {
  const refused = guardedSockets()(url(), { signal: stop.signal })
  await expect(refused).rejects.toBeInstanceOf(FetchError)
  expect(peers).toEqual([])
})

test('messages come in order, as many at once as have come', async () => {
  const { socket, peer } = await connect()
  for (const text of ['a', 'b', 'ü']) peer.send(text)
  const got: string[] = []
  await expect.poll(async () => got.push(...texts(await socket.take(10)))).toBe(3)
  expect(got).toEqual(['a', 'b', 'ü'])
  expect(await socket.take(10)).toEqual([])
})

test('what is left when the connection ends is taken before the end is told', async () => {
  const { socket, peer } = await connect()
  peer.send('last words')
  peer.close()
  await expect.poll(() => peer.readyState).toBe(3)
  expect(texts(await socket.take(1_000))).toEqual(['last words'])
  await expect(socket.take(1_000)).rejects.toMatchObject({ code: 'connection-lost' })
})

test('what nobody takes waits at the sender', async () => {
  const { socket, peer } = await connect()
  const message = 'x'.repeat(500_000)
  for (let count = 0; count < 60; count++) peer.send(message)
  // It stands still at one level, however long one waits.
  let before = -1
  await expect
    .poll(() => {
      const still = peer.bufferedAmount === before && before > 5_000_000
      before = peer.bufferedAmount
      return still
    })
    .toBe(true)
  let got = 0
  while (got < 60) got += (await socket.take(5_000)).length
  expect(got).toBe(60)
})

test('of a message above the limit only the beginning comes; one that is far above ends the connection', async () => {
  const { socket, peer } = await connect({ maxBytes: 2_000 })
  peer.send('x'.repeat(2_001))
  expect(texts(await socket.take(5_000))).toEqual(['x'.repeat(1_000)])
  peer.send('x'.repeat(32_001))
  await expect(socket.take(5_000)).rejects.toMatchObject({ code: 'answer-too-large' })
})

test('broken text comes as it is', async () => {
  const { socket, peer } = await connect()
  peer.send(Buffer.from([0x61, 0xff, 0x62]), { binary: false })
  expect(await socket.take(5_000)).toEqual([Buffer.from([0x61, 0xff, 0x62])])
})

test('a peer that says nothing and answers no ping is dead; one that answers is not', async () => {
  const { socket, peer } = await connect({ idleMs: 150 })
  let pings = 0
  peer.on('ping', (payload) => {
    pings++
    peer.pong(payload)
  })
  await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(8)
  expect(await socket.take(10)).toEqual([])
  peer.removeAllListeners('ping')
  await expect(socket.take(10_000)).rejects.toMatchObject({ code: 'timeout' })
})

test('abort ends a wait at once', async () => {
  const { socket } = await connect()
  const waiting = socket.take(60_000)
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
})

test('a server that answers otherwise is quoted, within limits', async () => {
  const other = createServer()
  other.on('upgrade', (_request, connection) => {
    connection.end(
      `HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\nconnection: close\r\n\r\n${'x'.repeat(50_000)}`,
    )
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const there = `127.0.0.1:${(other.address() as AddressInfo).port}`
  const opening = await guardedSockets({ allowedPrivate: [there] })(`ws://${there}/`, { signal: stop.signal })
  expect(opening).toMatchObject({ state: 'refused', status: 429 })
  if (opening.state !== 'refused') return
  expect(new Headers(opening.headers).get('retry-after')).toBe('60')
  expect(opening.body.length).toBeLessThanOrEqual(10_000)
  await new Promise((resolve) => other.close(resolve))
})

test('a server that never answers the handshake is given up', async () => {
  const silent = createServer()
  const { promise: asked, resolve } = Promise.withResolvers<Duplex>()
  silent.on('upgrade', (_request, connection) => resolve(connection))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const there = `127.0.0.1:${(silent.address() as AddressInfo).port}`
  const opening = guardedSockets({ allowedPrivate: [there] })(`ws://${there}/`, { signal: stop.signal, timeoutMs: 100 })
  await expect(opening).rejects.toMatchObject({ code: 'connect-timeout' })
  ;(await asked).destroy()
  await new Promise((resolve) => silent.close(resolve))
})
