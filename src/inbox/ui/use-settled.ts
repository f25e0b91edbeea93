// Whoever walks quickly through a list does not open what they pass: only where they stop is read.

import { useEffect, useRef, useState } from 'react'

const quickMs = 250
const restMs = 150

/** `value` at once where it was left alone for a while; else once it rests. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  const changedAt = useRef(-quickMs)
  useEffect(() => {
    const now = performance.now()
    const isQuick = now - changedAt.current < quickMs
    changedAt.current = now
    if (!isQuick) return setSettled(value)
    const timer = setTimeout(() => setSettled(value), restMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
