// Starts a whole Bluesky network: a PDS with its directory, and the AppView that searches, notifies and knows people.

import { connect } from 'node:net'
import { join } from 'node:path'
import { compileCache, moduleInPart, nodeBinary } from './cache.ts'
import { createAccount, type Pds } from './pds.ts'
import { startPostgres15 } from './postgres15.ts'
import { answers, freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type Bluesky = Pds & { appViewUrl: string }

export async function startBluesky(): Promise<Bluesky> {
  const database = await startPostgres15()
  const redis = await startRedis()
  try {
    const [pds, plc, bsky, ozone] = [await freePort(), await freePort(), await freePort(), await freePort()]
    const [url, plcUrl, appViewUrl] = [pds, plc, bsky].map((port) => `http://localhost:${port}`) as [
      string,
      string,
      string,
    ]
    const here = import.meta.dirname
    const program = [join(here, 'bluesky-program.ts'), moduleInPart('atproto', '@atproto/dev-env')]
    const { restart: _, ...server } = await startServer({
      name: 'Bluesky',
      command: nodeBinary,
      args: ['--import', join(here, 'loopback.ts'), ...program, ...[pds, plc, bsky, ozone].map(String)],
      dir: await makeRunDir('bluesky'),
      env: {
        LOG_ENABLED: 'false',
        DB_POSTGRES_URL: database.url,
        REDIS_HOST: `127.0.0.1:${redis.port}`,
        ...compileCache,
      },
      ready: async () => (await answers(`${url}/xrpc/_health`)) && answers(`${appViewUrl}/xrpc/_health`),
    })
    const stop = async () => {
      await server.stop()
      await redis.stop()
      await database.stop()
    }
    return { ...server, url, plcUrl, appViewUrl, createAccount: (handle) => createAccount(url, handle), stop }
  } catch (error) {
    await redis.stop()
    await database.stop()
    throw error
  }
}

async function startRedis(): Promise<RunningServer & { port: number }> {
  const dir = await makeRunDir('redis')
  const port = await freePort()
  const settings = { port, bind: '127.0.0.1', dir, save: '', appendonly: 'no' }
  const server = await startServer({
    name: 'Redis',
    command: '/usr/bin/redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    dir,
    ready: () =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.end('PING\r\n'))
        socket.once('data', (data) => resolve(String(data).startsWith('+PONG'))).once('error', reject)
      }),
  })
  return { ...server, port }
}
