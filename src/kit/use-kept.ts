// What somebody has typed and not sent yet, kept in their browser: it is there again when they come back, also after closing the page.

import { useState } from 'react'

/** Like `useState`, under a name; the third empties it once something was sent. What equals `nothing` is not kept. */
export function useKept<Value>(name: string, nothing: Value): [Value, (next: Value) => void, (sent: Value) => boolean] {
  const [value, setValue] = useState<Value>(() => readKept(name) ?? nothing)
  const set = (next: Value) => {
    setValue(next)
    if (JSON.stringify(next) === JSON.stringify(nothing)) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(next))
  }
  /** What was typed while it was on its way stays. Answers whether nothing was. */
  const empty = (sent: Value) => {
    const isWhole = JSON.stringify(readKept(name)) === JSON.stringify(sent)
    if (isWhole) set(nothing)
    return isWhole
  }
  return [value, set, empty]
}

/** What was typed under one name goes on under another, below what stands there. */
export function carryKept(from: string, into: string): void {
  const [words, there] = [readKept<string>(from), readKept<string>(into)]
  if (!words) return
  localStorage.setItem(into, JSON.stringify(there ? `${there}\n${words}` : words))
  localStorage.removeItem(from)
}

function readKept<Value>(name: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Value | null
  } catch {
    return null
  }
}
