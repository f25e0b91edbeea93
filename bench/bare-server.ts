// The bare statements behind plain HTTP: what an answer takes at least on its way, whoever gives it. A process of its own, as Longrun is one.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CompiledQuery } from 'kysely'
import pg from 'pg'

export interface Bare {
  /** Where statements are answered once they were given. */
  give(statements: readonly Pick<CompiledQuery, 'sql' | 'parameters'>[]): Promise<string>
  stop(): Promise<void>
}

/** What the parent says: first where the database is and who asks there, then statements, each answered by its address. */
interface Opening {
  connection: pg.ClientConfig
  /** Run once. */
  settings: [text: string, values: unknown[]][]
}

interface Walls {
  connection: pg.ClientConfig
  orgId: string
  /** The member who looks. */
  eyes?: string
}

/** From here on `client` asks within the same walls as the product's own connections, and so does the server that this starts. */
export async function enterWalls(client: pg.Client, { connection, orgId, eyes = '' }: Walls): Promise<Bare> {
  const settings: Opening['settings'] = [
    ['set role longrun_app', []],
    ["select set_config('longrun.scope', '', false), set_config('longrun.org', $1, false)", [orgId]],
    ["select set_config('longrun.eyes', $1, false)", [eyes]],
  ]
  for (const [text, values] of settings) await client.query(text, values)
  return startBare({ connection, settings })
}

/** What it answers is one JSON array of rows for each statement, unpacked and not looked at. */
async function startBare(opening: Opening): Promise<Bare> {
  const child = fork(import.meta.filename, { serialization: 'advanced' })
  const answered = async (message: unknown): Promise<string> => {
    const answer = once(child, 'message')
    child.send(message as object)
    return String((await answer)[0])
  }
  const url = await answered(opening)
  return {
    async give(statements) {
      const plain = statements.map(({ sql, parameters }) => ({ sql, parameters }))
      return `${url}/${await answered(plain)}`
    },
    stop: () => ended(child),
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
}

async function serve({ connection, settings }: Opening): Promise<string> {
  const client = new pg.Client(connection)
  await client.connect()
  for (const [text, values] of settings) await client.query(text, values)
  const known: Pick<CompiledQuery, 'sql' | 'parameters'>[][] = []
  const server = createServer(async (asked, response) => {
    const found: unknown[] = []
    for (const { sql: text, parameters } of known[Number(asked.url!.slice(1))]!)
      found.push((await client.query({ text, values: parameters as unknown[] })).rows)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(found))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.on('message', (statements: (typeof known)[number]) => process.send!(known.push(statements) - 1))
  process.once('disconnect', async () => {
    server.close()
    server.closeAllConnections()
    await client.end()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

if (process.argv[1] === import.meta.filename)
  process.once('message', async (opening: Opening) => process.send!(await serve(opening)))
