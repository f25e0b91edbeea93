// Small servers on loopback for tests of outside requests, and the error that a request to them ends with.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { expect } from 'vitest'
import { FetchError } from './fetch-error.ts'
import { type FetchPolicy, type GuardedRequest, guardedFetch } from './guarded-fetch.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()

/** For `afterEach`. */
export async function stopServers(): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
}

export async function listening(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const serving = (handler: RequestListener) => listening(createServer(handler))

export async function failure(
  url: string,
  policy: FetchPolicy = {},
  request: GuardedRequest = {},
): Promise<FetchError> {
  try {
    const answer = await guardedFetch(policy)(url, request)
    await answer.text()
  } catch (error) {
    expect(error).toBeInstanceOf(FetchError)
    return error as FetchError
  }
  throw new Error('the request succeeded')
}
