// A webhook receiver on loopback: keeps what arrives and answers as told.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: Record<string, string>
  /** The exact bytes, as text. */
  body: string
}

export interface Receiver {
  url: string
  /** host:port, for `allowPrivate`. */
  host: string
  received: Received[]
  /** What the next requests are answered with. */
  answer: { status: number; body: string }
  stop(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const receiver = { received, answer: { status: 200, body: '' } }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString('utf8') })
    response.writeHead(receiver.answer.status).end(receiver.answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(receiver, {
    url: `http://${host}/hook`,
    host,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}
