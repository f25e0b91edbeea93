// Awareness, leads and revenue, each by itself: measured, or waiting for measurement.

import { Section } from '../../../kit/app-page.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import type { LongView } from './long-view-page.tsx'

const labels = { awareness: 'Awareness', leads: 'Leads', revenue: 'Revenue' } as const

export function ResultsSection({ results }: { results: LongView['results'] }) {
  return (
    <Section
      title="Awareness, leads, revenue"
      description="Seldom overnight: awareness moves first, leads after it, revenue last. Each is measured by itself."
    >
      <ul className="plan-goals">
        {results.map(({ result, state, says, readings }) => (
          <li key={result} className="plan-goal">
            <header className="plan-goal-head">
              <h3>{labels[result]}</h3>
              {state === 'measured' ? (
                <Badge tone="done">Measured</Badge>
              ) : (
                <Badge tone="quiet">Waiting for measurement</Badge>
              )}
            </header>
            <p className="lr-dimmed">{says}</p>
            {readings.length > 1 && (
              <LineChart
                label={labels[result]}
                height={140}
                data={readings.slice(-38).map(({ day, value }) => ({ x: dayText(day, 'short'), read: value }))}
                series={[{ name: 'read', label: 'Read' }]}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
