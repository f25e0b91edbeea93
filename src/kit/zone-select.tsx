// Chooses a time zone by typing a part of its name.

import { Select, type SelectProps } from '@mantine/core'
import { useMemo } from 'react'
import { offsetMinutes } from './time.ts'

export function ZoneSelect(props: Omit<SelectProps, 'data'>) {
  const data = useMemo(() => zonesWith(props.value), [props.value])
  return (
    <Select
      searchable
      limit={60}
      nothingFoundMessage="No zone of that name"
      maxDropdownHeight={280}
      {...props}
      data={data}
    />
  )
}

function zonesWith(chosen: string | null | undefined) {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
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
