// What somebody has typed and not sent yet, kept in their browser: it is there again when they come back, also after closing the page.

import { useState } from 'react'

/** Like `useState`, under a name. What equals `nothing` is not kept. */
export function useKept<Value>(name: string, nothing: Value): [Value, (next: Value) => void] {
  const [value, setValue] = useState<Value>(() => readKept(name) ?? nothing)
  const set = (next: Value) => {
    setValue(next)
    if (JSON.stringify(next) === JSON.stringify(nothing)) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(next))
  }
  return [value, set]
}

function readKept<Value>(name: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Value | null
  } catch {
    return null
  }
}
