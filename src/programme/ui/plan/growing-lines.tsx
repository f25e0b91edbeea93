// Lines that grow by themselves, each with its steps: how many from which week on, and whether the whole has room for it by then.

import { dayText } from '../../../kit/time.ts'
import type { CadenceLines } from '../../plan/types.ts'
import { periodText, slotsText } from './cadence-rows.ts'
import type { Outlook } from './plan-page.tsx'

export function GrowingLines({ outlook: { grows }, lines }: { outlook: Outlook; lines: CadenceLines }) {
  const known = grows.flatMap(({ line: id, steps }) => {
    const line = lines.find((each) => each.id === id)
    return line ? [{ line, steps }] : []
  })
  if (known.length === 0) return null
  return (
    <div>
      <p className="lr-dimmed">These grow by themselves, within what a whole week may hold:</p>
      <ul className="plan-list" aria-label="Lines that grow">
        {known.map(({ line, steps }) => (
          <li key={line.id} className="plan-row">
            <span>
              {slotsText({ slots: line.slots.slice(0, 1) })}
              {line.channel && ` (${line.channel})`}
            </span>
            <span className="lr-dimmed">{stepsText(steps, line)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Steps = Outlook['grows'][number]['steps']

export const stepsText = ([now, ...later]: Steps, line: Pick<CadenceLines[number], 'every' | 'unit'>): string =>
  [
    `${now!.times} ${periodText(line)} now`,
    ...later.map(
      ({ monday, times, fits }) =>
        `${times} from ${dayText(monday)}${fits === false ? ' (not all of it fits that week)' : ''}`,
    ),
  ].join(', ')
