// Which files are chosen: one by one, a stretch with Shift, all that are shown.

import { useMemo, useState } from 'react'

export interface Choice {
  ids: ReadonlySet<string>
  /** `stretch`: with everything between the last one and this one, in the order of the list. */
  toggle: (id: string, stretch: boolean) => void
  all: () => void
  none: () => void
}

export function useChoice(shown: string[]): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string | null>(null)
  return useMemo(
    () => ({
      // What is no longer shown is no longer chosen: nothing changes that nobody sees.
      ids: new Set(shown.filter((id) => ids.has(id))),
      toggle(id, stretch) {
        setIds((before) => toggled(before, id, stretch && last !== null ? between(shown, last, id) : [id]))
        setLast(id)
      },
      all: () => setIds(new Set(shown)),
      none: () => setIds(new Set()),
    }),
    [ids, last, shown],
  )
}

/** All of them become what the one becomes. */
export function toggled(before: ReadonlySet<string>, id: string, these: string[]): ReadonlySet<string> {
  const after = new Set(before)
  for (const each of these) {
    if (before.has(id)) after.delete(each)
    else after.add(each)
  }
  return after
}

export function between(shown: string[], from: string, to: string): string[] {
  const [a, b] = [shown.indexOf(from), shown.indexOf(to)]
  return a < 0 || b < 0 ? [to] : shown.slice(Math.min(a, b), Math.max(a, b) + 1)
}
