// What will be alive on each of the next 14 days, with what is scheduled: a day without anything stands out, and says so.

import { VisuallyHidden } from '@mantine/core'
import { dayName } from '../calendar-days.ts'
import type { Stock } from './stock-page.tsx'
import './lives.css'

type Ahead = NonNullable<Stock['accounts'][number]['ahead']>

export function AheadStrip({ ahead }: { ahead: Ahead }) {
  const bare = ahead.filter(({ alive }) => alive === 0).length
  return (
    <div className="sl-ahead">
      <p className="st-note">
        Next 14 days, with what is scheduled:{' '}
        {bare === 0 ? 'something lives on each day.' : `${bare} without living content.`}
      </p>
      <ol aria-label="Living content by day">
        {ahead.map(({ day, alive, emptyHours }) => {
          const words = `${dayName(day)}: ${alive === 0 ? 'nothing alive' : `${alive} alive`}${alive > 0 && emptyHours >= 1 ? `, nothing for ${Math.round(emptyHours)} hours` : ''}`
          return (
            <li key={day} data-none={alive === 0 || undefined} title={words}>
              <span aria-hidden>{alive}</span>
              <VisuallyHidden>{words}</VisuallyHidden>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
