// What other processes tell through the database (`notify`): one connection a process, made when somebody first asks for it.

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export type Heed = (payload: string) => void

export interface Notices {
  /** Calls `heed` for everything told from now on. What is told while the connection is away is missed: `back` says when it is there again. */
  on(channel: string, heed: Heed, back?: () => void): Promise<() => void>
  close(): Promise<void>
}

interface Listener {
  channel: string
  heed: Heed
  back: (() => void) | undefined
}

const retryMs = 500

export function openNotices(connection: pg.ClientConfig): Notices {
  const listeners = new Set<Listener>()
  let client: Promise<pg.Client> | null = null
  let closed = false

  const connected = (): Promise<pg.Client> => {
    client ??= connect().catch((error) => {
      client = null
      throw error
    })
    return client
  }

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({ ...connection, application_name: 'longrun notices', keepAlive: true })
    made.on('notification', ({ channel, payload }) => {
      for (const each of listeners) if (each.channel === channel) each.heed(payload ?? '')
    })
    made.on('error', () => {})
    made.on('end', () => void comeBack())
    await made.connect()
    for (const channel of new Set([...listeners].map((each) => each.channel))) await listen(made, channel)
    return made
  }

  async function comeBack(): Promise<void> {
    client = null
    while (!closed && listeners.size > 0) {
      await sleep(retryMs, undefined, { ref: false })
      if (closed) return
      const there = await connected().then(
        () => true,
        () => false,
      )
      if (!there) continue
      for (const each of listeners) each.back?.()
      return
    }
  }

  return {
    async on(channel, heed, back) {
      const listener = { channel, heed, back }
      listeners.add(listener)
      await listen(await connected(), channel)
      return () => void listeners.delete(listener)
    },
    async close() {
      closed = true
      await client?.then((made) => made.end()).catch(() => {})
    },
  }
}

/** Listening twice to one channel is the same as once. */
const listen = (client: pg.Client, channel: string) => client.query(`listen ${pg.escapeIdentifier(channel)}`)
