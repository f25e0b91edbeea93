// Chooses a time zone by typing a part of its name. The offsets of hundreds of zones take a tenth of a second to look up: that is
// done when somebody comes to choose, not whenever a page shows the field.

import { Select, type SelectProps } from '@mantine/core'
import { useMemo, useState } from 'react'
import { offsetMinutes } from './time.ts'

export function ZoneSelect({ value, ...props }: Omit<SelectProps, 'data' | 'onFocus'>) {
  const [choosing, setChoosing] = useState(false)
  const data = useMemo(() => zonesOf(choosing, value), [choosing, value])
  return (
    <Select
      searchable
      limit={60}
      nothingFoundMessage="No zone of that name"
      maxDropdownHeight={280}
      value={value}
      {...props}
      onFocus={() => setChoosing(true)}
      data={data}
    />
  )
}

function zonesOf(all: boolean, chosen: string | null | undefined) {
  const names = new Set(all ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : [])
  if (chosen) names.add(chosen)
  const now = new Date()
  return [...names].map((zone) => ({
    value: zone,
    label: `${zone.replaceAll('_', ' ')} (${offsetText(offsetMinutes(now, zone))})`,
  }))
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''}`
}
