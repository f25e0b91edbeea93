// Pure: lines of a plan that nobody may do as things are, each with a sentence that says what to do.

import { type Abilities, nobodyMay } from '../competencies/needs/rules.ts'
import { oneOf } from '../load/costs/activities.ts'
import { doersOf } from '../sessions/who-may.ts'
import type { CadenceLines, lackCodes } from './types.ts'

export interface Lack {
  line: string
  activity: string
  because: (typeof lackCodes)[number]
  says: string
}

/** Where nobody takes part at all that is said elsewhere. */
export function lacksOf(
  lines: CadenceLines,
  { takers, abilities }: { takers: readonly string[]; abilities: Abilities },
): Lack[] {
  return lines.flatMap((line) => {
    const activities = [...new Set(line.slots.map(({ anyOf }) => anyOf[0]!.activity))]
    return activities.flatMap((activity): Lack[] => {
      const { lack } = doersOf(line, activity, { takers, abilities })
      if (lack === 'named-gone') return [{ line: line.id, activity, because: lack, says: goneWords(oneOf(activity)) }]
      const need = abilities.needOf(activity)
      if (lack !== 'unable' || !need) return []
      const isNamed = (line.people ?? []).length > 0
      const says = isNamed ? namedWords(oneOf(activity), need.name) : nobodyMay(oneOf(activity), need)
      return [{ line: line.id, activity, because: lack, says }]
    })
  })
}

const goneWords = (one: string): string =>
  `Nobody whom this line names for ${one} takes part: they have left, or give no minutes. Name somebody else.`

const namedWords = (one: string, competency: string): string =>
  `Nobody whom this line names may do ${one} yet: it needs “${competency}”. Name somebody who has it, put on record who has it, or give them a buddy who does.`
