// The bar above the calendar: where in time, whose posts, which view.

import { Button, Group, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useSetSearch } from '../../kit/url-state.ts'
import type { CalendarRange, CalendarView } from './calendar-days.ts'
import { CalendarFilters } from './calendar-filters.tsx'

interface CalendarBarProps {
  view: CalendarView
  range: CalendarRange
  zone: string
}

export function CalendarBar({ view, range: { title, before, after }, zone }: CalendarBarProps) {
  const set = useSetSearch()
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const wide = [
    { value: 'month', label: 'Month' },
    { value: 'week', label: 'Week' },
  ]
  return (
    <div className="ca-bar">
      <Group gap={4} wrap="nowrap">
        <Button variant="default" size="xs" onClick={() => set({ date: before })} aria-label="Before" px={8}>
          <IconChevronLeft size={16} />
        </Button>
        <Button variant="default" size="xs" onClick={() => set({ date: null })}>
          Today
        </Button>
        <Button variant="default" size="xs" onClick={() => set({ date: after })} aria-label="After" px={8}>
          <IconChevronRight size={16} />
        </Button>
      </Group>
      <h2 aria-live="polite">{title}</h2>
      <SegmentedControl
        className="ca-views"
        size="xs"
        aria-label="View"
        value={view}
        onChange={(value) => set({ view: value === (narrow ? 'list' : 'month') ? null : value })}
        data={[...(narrow ? [] : wide), { value: 'day', label: 'Day' }, { value: 'list', label: 'List' }]}
      />
      <div className="ca-filters">
        <CalendarFilters zone={zone} />
      </div>
    </div>
  )
}
