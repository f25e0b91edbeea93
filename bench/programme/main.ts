// npm run bench:programme: plans half a year of forty people in a thread, plans again after one change, and asks the bare solver the same.

import { drawExploration } from '../../src/programme/choosing/explore.ts'
import { greedyAnswer } from '../../src/programme/choosing/greedy-answer.ts'
import { judgePlan } from '../../src/programme/choosing/judge-plan.ts'
import { buildModel } from '../../src/programme/choosing/linear-model.ts'
import { planInThread } from '../../src/programme/choosing/plan-in-thread.ts'
import { prepare } from '../../src/programme/choosing/prepare.ts'
import { openSolver } from '../../src/programme/choosing/solver.ts'
import type { Plan, PlanBefore, PlanQuestion } from '../../src/programme/choosing/types.ts'
import { readArguments } from '../arguments.ts'
import { judge, printMachine, printTable } from '../report.ts'
import { makeQuestion } from './world.ts'

const given = readArguments({
  people: '40',
  departments: '7',
  channels: '12',
  weeks: '26',
  seeds: '7,11,23',
  rawSeconds: '60',
})
const wantedGap = 0.01

interface Timed {
  plan: Plan
  seconds: number
  /** Of the processor, all threads together: on a busy machine this alone says what it takes. */
  busy: number
}

async function planTimed(question: PlanQuestion, before: PlanBefore | null = null): Promise<Timed> {
  const [begin, used] = [performance.now(), process.cpuUsage()]
  const answer = await planInThread(question, { gap: wantedGap, timeMs: 60_000, before })
  if (answer.state === 'conflict') throw new Error(answer.conflict.words)
  return { plan: answer.plan, seconds: (performance.now() - begin) / 1000, busy: busySince(used) }
}

const busySince = (used: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1e6
}

/** The whole plan as one model with a whole number for each person, line and week. */
async function askBareSolver(question: PlanQuestion, share: number) {
  const [begin, used] = [performance.now(), process.cpuUsage()]
  const solve = await openSolver()
  const prepared = prepare(question, true)
  const seed = question.explore!.seed
  const model = buildModel(prepared, {
    ...{ periods: [...prepared.periods.keys()], previous: 'asked', wishes: prepared.wishes, steady: () => true },
    ...{ explored: drawExploration(prepared, { share, seed }), extra: null },
  })
  const solved = solve(model, { gap: wantedGap, timeMs: Number(given.rawSeconds) * 1000 })
  const gap = solved.state === 'found' ? (solved.bound - solved.value) / solved.bound : Number.NaN
  return { value: solved.value, gap, seconds: (performance.now() - begin) / 1000, busy: busySince(used) }
}

/** Somebody leaves in the fourth week; half an hour more for everybody; a channel stops. */
const changesOf = (question: PlanQuestion): [string, PlanQuestion][] => [
  [
    'a person leaves',
    {
      ...question,
      people: question.people.map((person, at) =>
        at === 5 ? { ...person, minutes: person.minutes.map((each, week) => (week >= 3 ? 0 : each)) } : person,
      ),
    },
  ],
  [
    '30 minutes more',
    {
      ...question,
      people: question.people.map((person, at) =>
        at === 8 ? { ...person, ceiling: null, minutes: person.minutes.map((each) => each + 30) } : person,
      ),
    },
  ],
  [
    'a channel stops',
    {
      ...question,
      lines: question.lines.filter(({ channel }) => channel !== '7'),
      floors: question.floors.filter(({ line }) => !line.startsWith('7-')),
    },
  ],
]

printMachine()
const rows: (string | number)[][] = []
const again: (string | number)[][] = []
const worst = { seconds: 0, gap: 0, broken: 0, change: 0, changeGap: 0, ratio: 0 }
for (const seed of given.seeds.split(',').map(Number)) {
  const [people, departments, channels, weeks] = [given.people, given.departments, given.channels, given.weeks].map(
    Number,
  )
  const question = makeQuestion({
    people: people!,
    departments: departments!,
    channels: channels!,
    weeks: weeks!,
    seed,
  })
  const { plan, seconds, busy } = await planTimed(question)
  const bare = await askBareSolver(question, plan.exploreShare)
  const byHand = greedyAnswer(prepare(question))
  const greedy = byHand?.state === 'planned' ? byHand.plan.value : Number.NaN
  rows.push([
    ...[String(seed), seconds, busy, plan.value, plan.bound, plan.gap * 100, plan.by, greedy / plan.value],
    ...[bare.seconds, bare.busy, bare.gap * 100, busy / bare.busy],
  ])
  worst.seconds = Math.max(worst.seconds, seconds)
  worst.gap = Math.max(worst.gap, plan.gap * 100)
  worst.ratio = Math.max(worst.ratio, busy / bare.busy)
  worst.broken += judgePlan(question, plan.items).length
  for (const [what, changed] of changesOf(question)) {
    const next = await planTimed(changed, plan)
    again.push([String(seed), what, next.seconds, next.busy, next.plan.gap * 100, next.plan.value - plan.value])
    worst.change = Math.max(worst.change, next.seconds)
    worst.changeGap = Math.max(worst.changeGap, next.plan.gap * 100)
    worst.broken += judgePlan(changed, next.plan.items).length
  }
}
printTable(
  `${given.people} people, ${given.departments} departments, ${given.channels} channels, ${given.weeks} weeks (gaps in percent; by hand: share of the value)`,
  ['seed', 'seconds', 'busy', 'value', 'bound', 'gap', 'by', 'by hand', 'bare: seconds', 'busy', 'gap', 'ours / bare'],
  rows,
)
printTable('Planned again after one change', ['seed', 'change', 'seconds', 'busy', 'gap', 'value more or less'], again)
judge([
  { what: 'a plan', value: worst.seconds, most: 10, unit: 's' },
  { what: 'gap to the bound', value: worst.gap, most: 1, unit: '%' },
  { what: 'a plan after one change', value: worst.change, most: 2, unit: 's' },
  { what: 'gap after one change', value: worst.changeGap, most: 1, unit: '%' },
  { what: 'processor time beside the bare solver with the same model', value: worst.ratio, most: 1.3, unit: 'times' },
  { what: 'broken rules', value: worst.broken, most: 0 },
])
