// npm run bench:publish: how fast due posts go out to a real server, beside a bare loop, and how many deliveries a second the ledger bears.

import { guardedFetch } from '../../src/lib/guarded-fetch.ts'
import { anOrganisation, practiceServices } from '../../test/world/practice.ts'
import { readArguments } from '../arguments.ts'
import { embeddedDatabase, mustBeDurable } from '../database.ts'
import { usedByServer } from '../processor-time.ts'
import { judge, percentiles, printMachine, printTable, type Row, type Target } from '../report.ts'
import { median } from '../statistics.ts'
import { scheduleByRows, scheduleByVerbs } from './calendar.ts'
import { type Drain, drain, type Ground, ledgerOf } from './drain.ts'
import { openAgents, openFake, openPds } from './networks.ts'
import { bareFetch, bareLoop, type Loop } from './reference.ts'

const given = readArguments({ only: 'all', rounds: '3', posts: '1000', accounts: '20', items: '10000', runs: '3' })
/** What `startWorker` takes when nothing else is said. */
const concurrency = 32

const textOf = (run: string, index: number): string =>
  `${run} ${index}: three easy kilometres before breakfast, then the plan for the week. #running https://example.org/plan/${index}`

const textsOf = (run: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => textOf(run, index))

async function againstPds({ services, usedByDatabase }: Base): Promise<Target[]> {
  const [rounds, posts] = [Number(given.rounds), Number(given.posts)]
  const caller = await anOrganisation(services.db)
  const network = await openPds(services, caller, Number(given.accounts))
  const done: { ours: Drain; bare: Loop }[] = []
  try {
    const agents = await openAgents(network)
    await bareLoop(services, network, { agents, texts: textsOf('warm-up', 100), concurrency })
    for (let round = 1; round <= rounds; round++) {
      const ours = async () => {
        await scheduleByVerbs(services, caller, {
          texts: textsOf(`ours ${round}`, posts),
          accountIds: network.accountIds,
        })
        return drain({ services, network, usedByDatabase })
      }
      const bare = () => bareLoop(services, network, { agents, texts: textsOf(`bare ${round}`, posts), concurrency })
      // Who begins changes from round to round: the server's repositories grow with every write.
      if (round % 2 === 1) done.push({ bare: await bare(), ours: await ours() })
      else done.push({ ours: await ours(), bare: await bare() })
    }
    const { incomplete, ...kept } = await ledgerOf(services.db, 'ours %')
    tellDrains(
      `${posts} posts due in the same second, ${given.accounts} accounts, real Bluesky PDS, ${rounds} rounds in turns`,
      '@atproto/api',
      done,
    )
    const ratios = done.map(({ ours, bare }) => ours.tookMs / bare.tookMs)
    return [
      { what: 'drain against the bare loop, median of the rounds', value: median(ratios), most: 1.25 },
      { what: 'posts with a complete ledger', value: Math.min(...Object.values(kept)), least: posts * rounds },
      { what: 'ledger rows that are incomplete', value: incomplete, most: 0 },
    ]
  } finally {
    await network.stop()
  }
}

async function againstFake({ services, usedByDatabase }: Base): Promise<Target[]> {
  const [runs, items] = [Number(given.runs), Number(given.items)]
  const caller = await anOrganisation(services.db)
  const network = await openFake(services, caller, Number(given.accounts))
  const done: { ours: Drain; bare: Loop }[] = []
  const targets: Target[] = []
  try {
    for (let run = 1; run <= runs; run++) {
      const bare = await bareFetch(network, { texts: textsOf(`bare ${run}`, items), concurrency })
      await scheduleByRows(services.db, caller, { texts: textsOf(`run ${run}`, items), accountIds: network.accountIds })
      done.push({ bare, ours: await drain({ services, network, usedByDatabase }) })
      const { incomplete, ...kept } = await ledgerOf(services.db, `run ${run} %`)
      const fewest = Math.min(...Object.values(kept))
      targets.push(
        {
          what: `run ${run}: fewest of variants, parts, attempts, events that are complete`,
          value: fewest,
          least: items,
        },
        { what: `run ${run}: rows that are incomplete`, value: incomplete, most: 0 },
      )
    }
    const there = await network.count()
    const once = there.posts === there.texts ? there.posts : 0
    targets.push({
      what: 'posts on the network, each another',
      value: once,
      least: 2 * items * runs,
      most: 2 * items * runs,
    })
  } finally {
    await network.stop()
  }
  tellDrains(
    `${items} items due in the same second, practice network in its own process, ${runs} runs in turns`,
    'fetch',
    done,
  )
  return [
    {
      what: 'deliveries a second, median of the runs',
      value: median(done.map(({ ours }) => ours.perSecond)),
      least: 400,
    },
    ...targets,
  ]
}

function tellDrains(title: string, reference: string, done: { ours: Drain; bare: Loop }[]): void {
  const line = (name: string, each: Drain | Loop, ratio: number): Row => [
    name,
    each.tookMs / 1000,
    (each.count * 1000) / each.tookMs,
    ...percentiles(each.lateness).map((value) => Number(value) / 1000),
    each.processor.worker,
    'database' in each.processor ? each.processor.database : '',
    each.processor.network,
    ratio,
  ]
  printTable(
    title,
    ['round', 'drain s', 'a second', 'late p50 s', 'p95', 'p99', 'CPU ms a post: own', 'database', 'network', 'ratio'],
    done.flatMap(({ ours, bare }, index) => [
      line(`${index + 1} bare loop of ${reference}`, bare, 1),
      line(`${index + 1} Longrun`, ours, ours.tookMs / bare.tookMs),
    ]),
  )
}

type Base = Omit<Ground, 'network'>

async function withDatabase(work: (base: Base) => Promise<Target[]>): Promise<Target[]> {
  const database = await embeddedDatabase()
  try {
    printMachine({ database: database.name, settings: await mustBeDurable(database) })
    return await work({
      services: practiceServices(database.db, { fetch: guardedFetch({ allowedPrivate: ['127.0.0.1', 'localhost'] }) }),
      usedByDatabase: await usedByServer(database),
    })
  } finally {
    await database.close()
  }
}

console.log(
  'Worker, PostgreSQL and network share this machine: read the ratios, which compare runs of the same minutes.',
)
const targets = [
  ...(given.only === 'fake' ? [] : await withDatabase(againstPds)),
  ...(given.only === 'pds' ? [] : await withDatabase(againstFake)),
]
printMachine()
judge(targets)
