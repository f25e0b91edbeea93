// npm run races:publish -- --runs 2000 --seed 1: people and two workers collide over a due post, statement by statement; nothing stopped goes out.

import { parseArgs } from 'node:util'
import { embeddedDatabase } from '../database.ts'
import { printMachine, printTable } from '../report.ts'
import { drawRun, inWords } from './plan.ts'
import { race, type Without } from './race.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Takes a protection out of the permission to write (holds, fence, consent); then it must fail. */
    without: { type: 'string' },
    /** Repeats one run of the seed, and prints its order. */
    only: { type: 'string' },
    /** Prints what the seed draws, and does nothing. */
    plan: { type: 'boolean', default: false },
  },
})

const [runs, seed] = [Number(values.runs), Number(values.seed)]

function withoutOf(word: string | undefined): Without | null {
  if (word === undefined) return null
  if (word === 'holds' || word === 'fence' || word === 'consent') return word
  throw new Error(`There is no protection called ${word}; there are holds, fence and consent.`)
}

async function main(): Promise<number> {
  const without = withoutOf(values.without)
  printMachine({ seed: String(seed), runs: String(runs), protection: without ? `WITHOUT ${without}` : 'as shipped' })
  const database = await embeddedDatabase()
  const began = performance.now()
  try {
    const only = values.only === undefined ? null : Number(values.only)
    const results = await race(database.db, { runs, seed, without, only, tell: (line) => console.log(line) })
    const seconds = (performance.now() - began) / 1000
    printTable(
      'What people did',
      ['step', 'granted', 'refused'],
      [...results.deeds].sort().map(([step, { ok, refused }]) => [step, ok, refused]),
    )
    printTable(
      'Where variants ended',
      ['state', 'variants'],
      [...results.ends].sort().map(([state, n]) => [state, n]),
    )
    const kinds = Map.groupBy(results.violations, ({ kind }) => kind)
    printTable(
      `${results.runs} interleavings in ${Math.round(seconds)} s`,
      ['what', 'number'],
      [
        ['different orders of all statements, calls and requests', results.orders],
        ['different orders of permissions, commits and requests', results.decisive],
        ['writes that arrived at the network', results.arrivals],
        ...['stopped', 'words', 'consent', 'double', 'standing'].map((kind): [string, number] => [
          `violations: ${kind}`,
          kinds.get(kind as never)?.length ?? 0,
        ]),
      ],
    )
    return results.violations.length > 0 ? 1 : 0
  } finally {
    await database.close()
  }
}

if (values.plan) for (let index = 0; index < runs; index++) console.log(`${index}\t${inWords(drawRun(seed, index))}`)
else process.exitCode = await main()
