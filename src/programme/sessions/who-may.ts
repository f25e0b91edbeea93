// Pure: who does the work of a line: those whom it names, of them those who take part and may do it; or why nobody does.

import type { Abilities } from '../competencies/needs/rules.ts'
import type { NoPlace } from '../load/sessions/types.ts'
import type { CadenceLines } from '../plan/types.ts'

export interface Doers {
  people: string[]
  /** Why there is nobody; null: there is somebody, or nobody takes part at all. */
  lack: NoPlace | null
}

interface Ground {
  /** Whoever takes part in the plan. */
  takers: readonly string[]
  abilities: Pick<Abilities, 'may'>
}

export function doersOf(
  { people: named = [] }: { people?: readonly string[] | undefined },
  activity: string,
  { takers, abilities }: Ground,
): Doers {
  const here = named.length > 0 ? named.filter((id) => takers.includes(id)) : [...takers]
  const able = here.filter((id) => abilities.may(id, activity))
  if (able.length > 0 || takers.length === 0) return { people: able, lack: null }
  return { people: [], lack: here.length === 0 ? 'named-gone' : 'unable' }
}

/** The line of the plan that a piece of work belongs to; null: the plan has it no more. */
export const lineOf = (
  { item, activity, channel }: { item: string; activity: string; channel: string | null },
  lines: CadenceLines,
): CadenceLines[number] | null =>
  lines.find(
    (line) =>
      item.startsWith(`${line.id} `) &&
      channel === line.channel &&
      line.slots.some(({ anyOf }) => anyOf[0]!.activity === activity),
  ) ?? null
