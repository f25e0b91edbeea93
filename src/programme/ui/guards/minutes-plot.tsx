// Minutes week by week beside the most that is given; the week that goes on is not drawn as if it were over.

import { LineChart } from '../../../kit/line-chart.tsx'
import { dayText } from '../../../kit/time.ts'
import type { Guards } from './guards-page.tsx'

interface Props {
  weeks: Guards['whole']['weeks']
  ceiling: number
  label: string
}

export function MinutesPlot({ weeks, ceiling, label }: Props) {
  const whole = weeks.slice(0, -1)
  // Before the first week with anything in it nobody measured: that is no zero.
  const first = whole.findIndex((week) => week.logged + week.estimated > 0)
  if (first < 0) return <p className="lr-dimmed">Nothing was written down or sent in the last twelve weeks.</p>
  return (
    <LineChart
      label={`${label} in each whole week`}
      height={200}
      data={whole.map(({ monday, logged, estimated }, index) => ({
        x: dayText(monday, 'short'),
        all: index < first ? null : Math.round(logged + estimated),
        logged: index < first ? null : Math.round(logged),
        most: Math.round(ceiling),
      }))}
      series={[
        { name: 'all', label: 'All, with estimates' },
        { name: 'logged', label: 'Written down' },
        { name: 'most', label: 'At most', color: 'var(--mantine-color-dimmed)' },
      ]}
    />
  )
}
