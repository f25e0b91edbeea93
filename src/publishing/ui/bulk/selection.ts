// Which posts of the calendar are chosen. Kept outside of React's tree, so that choosing one of hundreds draws one anew and not all.

import { createContext, use, useSyncExternalStore } from 'react'
import type { CalendarLine } from '../calendar-context.ts'

/** What one call takes. */
export const mostChosen = 500

export interface Selection {
  has(id: string): boolean
  all(): CalendarLine[]
  toggle(line: CalendarLine): void
  add(lines: CalendarLine[]): void
  clear(): void
  /** From where a range is drawn. */
  anchor: string | null
  subscribe(listener: () => void): () => void
  size(): number
}

export function createSelection(): Selection {
  const chosen = new Map<string, CalendarLine>()
  const listeners = new Set<() => void>()
  let all: CalendarLine[] = []
  const tell = () => {
    all = [...chosen.values()]
    for (const listener of listeners) listener()
  }
  const put = (line: CalendarLine) => void (chosen.size < mostChosen && chosen.set(line.id, line))
  return {
    anchor: null,
    has: (id) => chosen.has(id),
    all: () => all,
    size: () => chosen.size,
    toggle(line) {
      if (!chosen.delete(line.id)) put(line)
      this.anchor = line.id
      tell()
    },
    add(lines) {
      for (const line of lines) put(line)
      tell()
    },
    clear() {
      chosen.clear()
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const SelectionContext = createContext<Selection | null>(null)

export function useSelection(): Selection {
  const selection = use(SelectionContext)
  if (!selection) throw new Error('useSelection outside the calendar')
  return selection
}

export function useSelected(id: string): boolean {
  const selection = useSelection()
  return useSyncExternalStore(selection.subscribe, () => selection.has(id))
}

export function useChosen(selection: Selection): CalendarLine[] {
  return useSyncExternalStore(selection.subscribe, selection.all)
}
