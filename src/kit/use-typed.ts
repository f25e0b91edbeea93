// A field of search whose words move the address, once nothing more is typed for a moment.

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'

/** What stands in the field, and how it changes. `settle` gets what was typed; null: nothing. */
export function useTyped(
  inAddress: string | undefined,
  settle: (typed: string | null) => void,
): [typed: string, change: (typed: string) => void] {
  const [typed, setTyped] = useState(inAddress ?? '')
  const [settled] = useDebouncedValue(typed, 300)
  useEffect(() => {
    if (settled !== (inAddress ?? '')) settle(settled || null)
    // Only what is typed moves the address, not the other way round.
  }, [settled])
  return [typed, setTyped]
}
