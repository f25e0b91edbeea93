// Which conversations of the list are selected, by keys with Shift or by their boxes.

import { useEffect, useState } from 'react'
import { useShortcut } from '../../kit/shortcuts.tsx'

export interface Selection {
  ids: ReadonlySet<string>
  /** All of the list, also what is not loaded. */
  isAll: boolean
  toggle: (id: string) => void
  selectAll: () => void
  clear: () => void
}

interface Stepping {
  /** What is selected in one list is not in another. */
  list: string
  items: readonly { id: string }[]
  current: string | undefined
  step: (by: 1 | -1) => string | undefined
}

export function useSelection({ list, items, current, step }: Stepping): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isAll, setIsAll] = useState(false)
  const clear = () => {
    setIds(new Set())
    setIsAll(false)
  }
  useEffect(clear, [list])
  const toggle = (id: string) => {
    setIsAll(false)
    setIds((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }
  /** With the one that is open the one that it leads to. */
  const extend = (by: 1 | -1) => {
    const next = step(by)
    setIds((before) => new Set([...before, ...[current, next].filter((id) => id !== undefined)]))
  }
  const selectAll = () => {
    setIds(new Set(items.map(({ id }) => id)))
    setIsAll(true)
  }
  useShortcut('x', 'Select the open conversation, or not', () => current && toggle(current))
  useShortcut('J', 'Select it and the next', () => extend(1))
  useShortcut('K', 'Select it and the one before', () => extend(-1))
  useShortcut('S', 'Select all of the list', selectAll)
  useShortcut('X', 'Select nothing', clear)
  return { ids, isAll, toggle, selectAll, clear }
}
