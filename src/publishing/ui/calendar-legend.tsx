// What the colours and icons mean, for the states that are there; and in which zone the times are.

import { IconFlag } from '@tabler/icons-react'
import { Badge, StateBadge } from '../../kit/state-badge.tsx'
import { zoneCity } from '../../kit/time.ts'
import { urgencyOrder } from '../rules.ts'
import { type CalendarLine, useCalendar } from './calendar-context.ts'

export function Legend({ lines }: { lines: CalendarLine[] }) {
  const { zone } = useCalendar()
  const there = new Set(lines.map(({ state }) => state))
  return (
    <div className="ca-legend">
      {urgencyOrder
        .filter((state) => there.has(state))
        .map((state) => (
          <StateBadge key={state} state={state} />
        ))}
      {lines.some(({ campaignId }) => campaignId) && (
        <Badge icon={<IconFlag size={14} stroke={2} />}>Of a campaign</Badge>
      )}
      <span className="lr-dimmed">Times in {zoneCity(zone)}</span>
    </div>
  )
}
