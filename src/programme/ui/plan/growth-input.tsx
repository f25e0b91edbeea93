// Whether a line begins with less and grows by itself: with how many, from which week on, and after how many weeks it is all there.

import { Checkbox, TextInput } from '@mantine/core'
import { type Line, withGrowth } from './cadence-rows.ts'
import { CountInput } from './count-input.tsx'
import '@mantine/core/styles/Checkbox.css'

interface Props {
  line: Line
  /** The first week of the plan; null: not known at the moment. */
  from: string | null
  set: (line: Line) => void
}

const usualWeeks = 12

export function GrowthInput({ line, from, set }: Props) {
  const { grows } = line
  const begin = grows?.from ?? from
  if (line.slots.length < 2 || begin === null) return null
  return (
    <>
      <Checkbox
        label="Begins with less"
        checked={grows !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          set(withGrowth(line, checked ? { first: 1, from: begin, weeks: usualWeeks } : null))
        }
      />
      {grows && (
        <>
          <span className="lr-dimmed">with</span>
          <CountInput
            label="How many at first"
            max={line.slots.length - 1}
            value={grows.first}
            change={(first) => set(withGrowth(line, { ...grows, first }))}
          />
          <span className="lr-dimmed">and grows over</span>
          <CountInput
            label="Over how many weeks"
            max={104}
            value={grows.weeks}
            change={(weeks) => set(withGrowth(line, { ...grows, weeks }))}
          />
          <span className="lr-dimmed">weeks from</span>
          <TextInput
            type="date"
            aria-label="It grows from the week of"
            w={160}
            value={grows.from}
            onChange={({ currentTarget: { value } }) => value && set(withGrowth(line, { ...grows, from: value }))}
          />
        </>
      )}
    </>
  )
}
