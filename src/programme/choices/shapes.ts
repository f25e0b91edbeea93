// Pure: how the plan in force shapes its lines beside how many there are: who does them, and whether they are booked together. What is chosen keeps it.

import type { CadenceLines } from '../plan/types.ts'
import { type Channels, lineKey } from '../worth/channels.ts'

export interface Shape {
  /** null: some line of it names nobody, so anybody may. */
  people: string[] | null
  block: boolean
}

/** By the id of the line in a question. Where several lines of the plan ask for the same, all who are named may do it. */
export function shapesOf(lines: CadenceLines, channels: Pick<Channels, 'byWord'>): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const { channel, slots, people: named = [], block = false } of lines)
    for (const activity of new Set(slots.map(({ anyOf }) => anyOf[0]!.activity))) {
      const id = lineKey({ channel: channels.byWord(channel), activity })
      const before = shapes.get(id)
      const isOpen = named.length === 0 || before?.people === null
      const people = isOpen ? null : [...new Set([...(before?.people ?? []), ...named])]
      shapes.set(id, { people, block: block || (before?.block ?? false) })
    }
  return shapes
}
