// Years beside each other, in as many processes as there are processors, each with a database of its own on a server that nobody keeps.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { throwAwayServer } from '../database.ts'
import type { LifeAsked, LifeTold } from './life.ts'
import type { Lived } from './live.ts'
import type { World } from './worlds.ts'

export interface Life {
  world: World
  seed: number
}

export interface LifeLived extends Life {
  lived: Lived
  seconds: number
}

/** Answers in the order of what was asked, each as soon as it and those before it are there. */
export async function* liveAll(asked: readonly Life[], beside = availableParallelism()): AsyncGenerator<LifeLived> {
  const server = await throwAwayServer()
  const children = Array.from({ length: Math.min(beside, asked.length) }, startProcess)
  const told = asked.map(() => Promise.withResolvers<LifeLived>())
  for (const { promise } of told) promise.catch(() => {})
  // Whoever takes longest begins first.
  const open = [...asked.keys()].sort((a, b) => workOf(asked[b]!) - workOf(asked[a]!))
  const working = children.map(async (child) => {
    for (let index = open.shift(); index !== undefined; index = open.shift())
      await liveIn(child, server.connection, asked[index]!).then(told[index]!.resolve, told[index]!.reject)
  })
  try {
    for (const { promise } of told) yield await promise
  } finally {
    for (const child of children) child.disconnect()
    await Promise.allSettled(working)
    await server.stop()
  }
}

const startProcess = (): ChildProcess => fork(join(import.meta.dirname, 'life.ts'), { serialization: 'advanced' })

const workOf = ({ world }: Life): number => world.people.length * world.lines.length

async function liveIn(child: ChildProcess, server: pg.ClientConfig, { world, seed }: Life): Promise<LifeLived> {
  const database = `life_${child.pid}`
  await as(server, `create database ${database} template ${server.database} strategy file_copy`)
  const gone = once(child, 'exit').then(() => ({ error: 'The process in which it was lived is gone.' }))
  const answer = once(child, 'message').then(([message]) => message as LifeTold)
  child.send({ world: world.name, seed, connection: { ...server, database } } satisfies LifeAsked)
  const told = await Promise.race([answer, gone])
  await as(server, `drop database ${database} with (force)`)
  if ('error' in told) throw new Error(`${world.name}, seed ${seed}: ${told.error}`)
  return { world, seed, ...told }
}

/** Two of them at once would find the template in use. */
let last: Promise<unknown> = Promise.resolve()

async function as(server: pg.ClientConfig, text: string): Promise<void> {
  const work = last.then(async () => {
    const client = new pg.Client({ ...server, database: 'postgres' })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  })
  last = work.catch(() => {})
  await work
}
