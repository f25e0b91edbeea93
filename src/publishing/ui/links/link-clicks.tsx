// Clicks over time, of one short link or of all: people and bots by day.

import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { dayText } from '../../../kit/time.ts'
import { useOrg, useViewer } from '../../../kit/viewer.tsx'

const spans = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
]

export function LinkClicks({ linkId }: { linkId?: string }) {
  const org = useOrg()
  const { zone } = useViewer()
  const [days, setDays] = useState('30')
  const clicks = useQuery(
    api.links.clicks.queryOptions({
      input: { org: org.id, linkId, days: Number(days), zone },
      refetchInterval: 60_000,
      placeholderData: (before) => before,
    }),
  )
  const rows = clicks.data?.map(({ day, people, bots }) => ({
    x: dayText(day, 'short'),
    ...{ people, bots },
  }))
  const sum = (of: 'people' | 'bots') => rows?.reduce((all, row) => all + (row[of] ?? 0), 0).toLocaleString('en')
  return (
    <Section
      title="Clicks by day"
      description={rows && `${sum('people')} by people and ${sum('bots')} by bots in the last ${days} days.`}
    >
      <SegmentedControl
        aria-label="How many days are shown"
        data={spans}
        value={days}
        onChange={setDays}
        size="xs"
        style={{ alignSelf: 'flex-start' }}
      />
      {clicks.isPending && <LoadingRows />}
      <ErrorPanel error={clicks.error} retry={() => void clicks.refetch()} />
      {rows && (
        <LineChart
          label={`Clicks by day in the last ${days} days`}
          data={rows}
          series={[
            { name: 'people', label: 'People' },
            { name: 'bots', label: 'Bots', color: 'gray.5' },
          ]}
          height={200}
        />
      )}
    </Section>
  )
}
