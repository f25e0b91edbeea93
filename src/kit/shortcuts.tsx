// Keyboard shortcuts: single keys and sequences, never while typing (Escape leaves a field), all listed under `?`, and off for who wants them off.
//
//   useShortcut('c', 'Write a post', () => navigate(…))        useShortcut('g t', 'Go to Today', …)        <KeyHint keys="g t" />

import { Kbd } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'

interface Shortcut {
  keys: string
  label: string
  run: () => void
}

interface Shortcuts {
  add: (shortcut: Shortcut) => () => void
  list: () => Shortcut[]
  on: boolean
  setOn: (on: boolean) => void
}

const ShortcutContext = createContext<Shortcuts | null>(null)
const storageKey = 'longrun-shortcuts'
const sequenceMs = 1200

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const known = useRef(new Set<Shortcut>())
  const [on, setOn] = useState(() => localStorage.getItem(storageKey) !== 'off')
  useEffect(() => {
    localStorage.setItem(storageKey, on ? 'on' : 'off')
    return on ? listen(known.current) : undefined
  }, [on])
  const shortcuts = useMemo<Shortcuts>(() => {
    const add = (shortcut: Shortcut) => {
      known.current.add(shortcut)
      return () => void known.current.delete(shortcut)
    }
    return { add, list: () => [...known.current], on, setOn }
  }, [on])
  return <ShortcutContext value={shortcuts}>{children}</ShortcutContext>
}

export function useShortcuts(): Shortcuts {
  const shortcuts = use(ShortcutContext)
  if (!shortcuts) throw new Error('useShortcuts outside ShortcutProvider')
  return shortcuts
}

export function useShortcut(keys: string, label: string, run: () => void): void {
  const { add } = useShortcuts()
  const newest = useRef(run)
  useEffect(() => {
    newest.current = run
  })
  useEffect(() => add({ keys, label, run: () => newest.current() }), [add, keys, label])
}

/** Follows the keys pressed; a sequence is forgotten after a pause. */
function listen(known: Set<Shortcut>): () => void {
  let pressed = ''
  let last = 0
  const onKey = (event: KeyboardEvent) => {
    if (leavesField(event)) return (event.target as HTMLElement).blur()
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
    if (event.key.length !== 1 || document.querySelector('[role="dialog"]')) return
    pressed = event.timeStamp - last < sequenceMs ? `${pressed} ${event.key}`.trim() : event.key
    last = event.timeStamp
    const hit = [...known].findLast(({ keys }) => pressed === keys || pressed.endsWith(` ${keys}`))
    if (!hit) return
    pressed = ''
    event.preventDefault()
    hit.run()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

/** Out of a field without a mouse: then the keys of the page work again. What is open above it is closed first. */
const leavesField = ({ key, target, defaultPrevented }: KeyboardEvent): boolean =>
  key === 'Escape' &&
  !defaultPrevented &&
  target instanceof HTMLElement &&
  target.matches('input:not([aria-expanded="true"]), textarea') &&
  !document.querySelector('[role="dialog"]')

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="textbox"], [role="listbox"], [role="menu"]') !== null)

export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="lr-keys">
      {keys.split(' ').map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  )
}
