// A number that a line needs: it may be empty while somebody types, and goes back to what it was when they leave it so.

import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  label: string
  value: number
  max: number
  change: (value: number) => void
}

export function CountInput({ label, value, max, change }: Props) {
  /** What is typed and no number of these; null: the field shows its value. */
  const [typed, setTyped] = useState<number | string | null>(null)
  return (
    <NumberInput
      aria-label={label}
      w={80}
      min={1}
      max={max}
      allowDecimal={false}
      value={typed ?? value}
      onChange={(next) => {
        const isOne = typeof next === 'number' && next >= 1 && next <= max
        setTyped(isOne ? null : next)
        if (isOne) change(next)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
