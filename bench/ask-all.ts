// Asks all questions of a benchmark, and tells how much of each answer is its statements and how much every answer takes.

import { readOrganisationZone } from '../src/people/directory.ts'
import { type Asked, measure, type Question, type Stage, tell } from './asking.ts'
import { printTable, shown, type Target } from './report.ts'

/**
 * Statements that take less are over before plain HTTP has brought an answer there and back: what an answer adds to them says nothing of its statements.
 * It is held against the same statements behind plain HTTP (docs/adr/0012-short-answers.md).
 */
const shortMs = 1.5

interface Asking {
  /** Of the table, and what each target is called by. */
  title: string
  name: string
  questions: readonly Question[]
  /** Longest p95 of the least answer, in milliseconds. */
  leastMs: number
}

/** Prints what was measured and answers what it is held against. */
export async function askAll(stage: Stage, { title, name, questions, leastMs }: Asking): Promise<Target[]> {
  const least = oneRow(stage.owner.orgId, leastMs)
  const floors = [await measure(stage, least)]
  const asked: Asked[] = []
  for (const question of questions) asked.push(await measure(stage, question))
  // Others may work on the machine: before and after.
  floors.push(await measure(stage, least))
  const targets = tell(title, name, [...floors, ...asked])
  const floor = floors.reduce((sum, { api, bare }) => sum + (api.p50 - bare.p50) / floors.length, 0)
  const whole = ({ api, bare }: Asked) => api.p50 / bare.p50
  const beyond = ({ api, bare }: Asked) => (api.p50 - floor) / bare.p50
  printTable(
    `What every answer takes besides its own statements (HTTP, who asks, whether they may): ${shown(floor)} ms of the median`,
    ['question', 'API p50 ms', 'bare SQL p50 ms', 'ratio', 'ratio without it', 'behind plain HTTP p50 ms', 'ratio'],
    asked.map((each) => {
      const { api, bare, served } = each
      return [each.question.name, api.p50, bare.p50, whole(each), beyond(each), served.p50, api.p50 / served.p50]
    }),
  )
  return [
    ...targets,
    ...asked.flatMap((each) => [
      each.bare.p50 < shortMs
        ? {
            what: `${each.question.name}: ratio to the same behind plain HTTP`,
            value: each.api.p50 / each.served.p50,
            most: 2,
          }
        : { what: `${each.question.name}: ratio to the bare statements`, value: whole(each), most: 2 },
      { what: `${each.question.name}: ratio without what every answer takes`, value: beyond(each), most: 2 },
    ]),
  ]
}

/** One row, for what every answer takes besides its own statements: the way there and back, who asks, and whether they may. */
const oneRow = (orgId: string, limitMs: number): Question => ({
  name: 'one row: the organisation',
  path: `/api/v1/orgs/${orgId}`,
  statements: (tx) => readOrganisationZone(tx, orgId),
  limitMs,
})
