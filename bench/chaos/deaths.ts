// Inside a worker process: lets it die, or freeze, at the planned places. Each plan strikes once in the whole campaign.

import { AsyncLocalStorage } from 'node:async_hooks'
import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Moment, recognise, type Stage } from './boundaries.ts'
import { markPattern } from './drafts.ts'
import type { Death } from './plan.ts'

/** A planned death with what it is recognised by in statements and calls. */
export interface Sentence extends Death {
  run: number
  mark: string
  variantId: string
  accountId: string
  /** Places that any post passes count from then on. */
  fromMs: number
}

/** What a worker writes down in the moment before it dies. */
export interface LastWords {
  pid: number
  run: number
  place: string
  how: Death['how']
  seconds: number
}

export interface Call {
  operation: string
  mark: string | null
  accountId: string
}

/** The connector call in which a request is made. */
export const currentCall = new AsyncLocalStorage<Call>()

export type Reaper = (name: string, moment: Moment, about: string) => void

/** `about`: any text in which the ids of those concerned occur. */
export function createReaper(sentences: Sentence[], folder: string): Reaper {
  const byPlace = Map.groupBy(sentences, ({ name, moment }) => `${name}/${moment}`)
  return (name, moment, about) => {
    for (const sentence of byPlace.get(`${name}/${moment}`) ?? []) {
      if (concerns(sentence, about) && claim(folder, sentence)) execute(sentence, moment)
    }
  }
}

function concerns({ by, mark, variantId, accountId, fromMs }: Sentence, about: string): boolean {
  if (by === 'any') return Date.now() >= fromMs
  if (by === 'account') return Date.now() >= fromMs && about.includes(accountId)
  return about.includes(variantId) || about.includes(mark)
}

/** Only one process gets to write the file. It is also what the coordinator reads. */
function claim(folder: string, { run, name, moment, how, seconds }: Sentence): boolean {
  const file = join(folder, `${run}.json`)
  if (existsSync(file)) return false
  try {
    const words: LastWords = { pid: process.pid, run, place: `${name}/${moment}`, how, seconds }
    const handle = openSync(file, 'wx')
    writeSync(handle, JSON.stringify(words))
    closeSync(handle)
    return true
  } catch {
    return false
  }
}

function execute({ how, name }: Sentence, moment: Moment): void {
  const die = () => process.kill(process.pid, how === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  // A request needs some turns of the loop until it is on the wire; a statement is written at once.
  if (moment === 'during' && name.endsWith('request')) setTimeout(die, 6)
  else die()
}

interface Transaction {
  stage: Stage | null
  /** Text of its parameters: everything that it is about. */
  about: string
}

/** Lets every statement of this process pass the reaper. */
export function watchStatements(reaper: Reaper): void {
  const open = new WeakMap<object, Transaction>()
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  function watched(this: object, ...given: unknown[]): unknown {
    const sql = typeof given[0] === 'string' ? given[0] : ((given[0] as { text?: string } | null)?.text ?? '')
    const known = recognise(sql)
    if (!known) return query.apply(this, given)
    const transaction =
      known.name === 'begin' ? { stage: null, about: '' } : (open.get(this) ?? { stage: null, about: '' })
    open.set(this, transaction)
    transaction.stage = known.stage ?? transaction.stage
    transaction.about += textOf(given[1])
    const name = `${transaction.stage ?? 'any'}: ${known.name}`
    reaper(name, 'before', transaction.about)
    const answer = query.apply(this, given)
    reaper(name, 'during', transaction.about)
    if (!(answer instanceof Promise)) return answer
    return answer.then((result: { rows?: unknown }) => {
      // The sweep learns from the answer whom it is about.
      if (name === 'claim: read what is due') transaction.about += textOf(result.rows)
      reaper(name, 'after', transaction.about)
      return result
    })
  }
  pg.Client.prototype.query = watched as typeof pg.Client.prototype.query
}

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

export const markIn = (value: unknown): string | null => markPattern.exec(JSON.stringify(value) ?? '')?.[0] ?? null
