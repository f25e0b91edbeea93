// Up and down walk through the buttons of a list.

import type { KeyboardEvent, RefObject } from 'react'

export function walkButtons(event: KeyboardEvent, list: RefObject<HTMLElement | null>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const all = [...(list.current?.querySelectorAll('button') ?? [])]
  const at = all.indexOf(document.activeElement as HTMLButtonElement)
  all[Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))]?.focus()
}
