// npm run simulate:programme -- --seed 7: a year of six organisations through the real verbs and jobs, beside what others would have made of the
// same minutes.

import { jobs } from '../../src/jobs.ts'
import { testApp } from '../../test/world/app.ts'
import { readArguments } from '../arguments.ts'
import { embeddedDatabase } from '../database.ts'
import { judge, printMachine, printTable, type Target } from '../report.ts'
import { baselineNames, valuesOf } from './baselines.ts'
import { type Lived, liveYear } from './live.ts'
import { linesOf, lossesOf } from './losses.ts'
import { curveOf } from './plot.ts'
import { worlds } from './worlds.ts'

const given = readArguments({ seed: '7', seeds: '1', only: '', lines: 'no' })
/** What comes before it is learning. */
const from = 12

const later = (values: readonly number[]): number => values.slice(from).reduce((sum, each) => sum + each, 0)

const all: { seed: number; lived: Lived; shares: number[] }[] = []
printMachine()
for (let seed = Number(given.seed); seed < Number(given.seed) + Number(given.seeds); seed++) {
  const begun = performance.now()
  const database = await embeddedDatabase()
  // What is measured here is a year, not the disk: nothing of it outlives the run.
  await database.owner.query('alter system set synchronous_commit = off')
  await database.owner.query('select pg_reload_conf()')
  let now = new Date()
  const app = await testApp({ database, empty: true, clock: () => now, jobs })
  try {
    for (const world of worlds.filter(({ name }) => name.includes(given.only))) {
      const started = performance.now()
      const lived = await liveYear(
        app,
        (at) => {
          now = at
        },
        world,
        seed,
      )
      const shares = baselineNames.map((name) => later(lived.value) / later(valuesOf(name, lived)))
      all.push({ seed, lived, shares })
      tell(lived, shares)
      console.log(`  lived in ${Math.round((performance.now() - started) / 1000)} s`)
    }
  } finally {
    await app.close()
  }
  console.log(`\nseed ${seed}: ${Math.round((performance.now() - begun) / 1000)} s`)
}

function tell(lived: Lived, shares: readonly number[]): void {
  const { world, minutes, choices, broken, realigned, levels, reviewed, stops, ladder } = lived
  console.log(`\n${world.name}: ${world.people.length} people, ${world.lines.length} lines of work`)
  console.log(
    `  minutes a week  ${curveOf(minutes)}  ${Math.round(minutes[0]!)} to ${Math.round(Math.max(...minutes))}`,
  )
  const best = valuesOf('knows the truth', lived)
  const highest = Math.max(...lived.value, ...best)
  console.log(`  value a week    ${curveOf(lived.value, highest)}`)
  console.log(`  as the best of  ${curveOf(best, highest)}`)
  const states = Map.groupBy(choices, ({ state, isAdopted }) =>
    isAdopted ? 'put in force' : isAdopted === false ? 'not worth a change' : state,
  )
  console.log(
    `  the planner, asked ${choices.length} times: ${[...states].map(([state, some]) => `${some.length} ${state}`).join(', ')}`,
  )
  console.log(`  went on with less: ${realigned} times · broken rules: ${broken.length}`)
  console.log(`  of what could be had from the same minutes: ${lossesOf(lived, from)}`)
  if (given.lines === 'yes') for (const line of linesOf(lived, from)) console.log(`    ${line}`)
  console.log(
    `  reviews: ${reviewed} lines, stopped ${stops.map(({ week, channel, isRight }) => `${channel} in week ${week + 1} (${isRight ? 'right' : 'wrong'})`).join(', ') || 'nothing'}`,
  )
  console.log(`  gates: ${ladderOf(ladder)}`)
  console.log(
    `  guards: ${levels.map(({ week, level, reasons }) => `week ${week + 1} ${level}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`).join(', ')}`,
  )
  for (const each of broken.slice(0, 5)) console.log(`    ${each}`)
  console.log(
    `  value after week ${from} against ${baselineNames.map((name, at) => `${name} ${shares[at]!.toFixed(2)}`).join(', ')}`,
  )
}

function ladderOf({ passed, learning }: Lived['ladder']): string {
  const gone = passed.map(({ name, week }) => `${name} passed in week ${week + 1}`)
  const now = learning && `${learning.name}: ${learning.open} of ${learning.of} open`
  const shut = learning && learning.shut.length > 0 ? ` (shut: ${learning.shut.join(', ')})` : ''
  return [...gone, ...(now ? [`${now}${shut}`] : [])].join(' · ')
}

printTable(
  `Value after week ${from}, as a share of what others make of the same minutes, over ${given.seeds} seeds`,
  ['organisation', ...baselineNames],
  worlds.flatMap(({ name }) => {
    const own = all.filter(({ lived }) => lived.world.name === name)
    return own.length === 0 ? [] : [[name, ...baselineNames.map((_, at) => mean(own.map(({ shares }) => shares[at]!)))]]
  }),
)
printMachine()
const isSprint = ({ world }: Lived) => world.sprint !== undefined
const lives = all.map(({ lived }) => lived)
const flags = (some: readonly Lived[], isLooked: (week: number) => boolean): number[] =>
  some.flatMap(({ levels }) =>
    levels.filter(({ week }) => isLooked(week)).map(({ level }) => Number(level === 'intervene')),
  )
/** Gates are looked at each fourth week: after 16 of them it is week 17. */
const isPastListening = ({ ladder }: Lived): number => Number((ladder.passed[0]?.week ?? Infinity) <= 16)
const reviewed = lives.reduce((sum, each) => sum + each.reviewed, 0)
const wrong = lives.flatMap(({ stops }) => stops.filter(({ isRight }) => !isRight))
const targets: Target[] = [
  {
    what: 'sprinters flagged by day 14',
    value: mean(flags(lives.filter(isSprint), (week) => week === 1)),
    least: 0.95,
  },
  {
    what: 'looks at steady ones that flagged them',
    value: mean(
      flags(
        lives.filter((each) => !isSprint(each)),
        () => true,
      ),
    ),
    most: 0.02,
  },
  {
    what: 'good lines stopped, of all that were reviewed',
    value: reviewed > 0 ? wrong.length / reviewed : 0,
    most: 0.01,
  },
  {
    what: 'steady and diligent ones that listen well enough to go on by week 17',
    value: mean(lives.filter((each) => !isSprint(each) && each.world.diligence >= 0.9).map(isPastListening)),
    least: 0.9,
  },
  { what: 'broken rules', value: all.reduce((sum, { lived }) => sum + lived.broken.length, 0), most: 0 },
  ...baselineNames.map((name, at): Target => {
    const value = mean(all.map(({ shares }) => shares[at]!))
    return { what: `value after week ${from} against ${name}`, value, least: name === 'knows the truth' ? 0.9 : 1 }
  }),
]
// With `--only` there may be nobody of a kind.
judge(targets.filter(({ value }) => Number.isFinite(value)))

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
