// Where each goal is going by its readings, with its range; what cannot be told yet says how much is missing.

import { IconTimeline } from '@tabler/icons-react'
import { Section } from '../../../kit/app-page.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { FanChart, type FanPoint } from '../../../kit/fan-chart.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import { numberText, unitOf } from '../programme-words.ts'
import type { LongView } from './long-view-page.tsx'

type Goal = LongView['goals'][number]
type Told = Extract<Goal['forecast'], { state: 'told' }>

const looks = {
  reached: { label: 'On its way', tone: 'done' },
  open: { label: 'Open', tone: 'amber' },
  missed: { label: 'Not by itself', tone: 'crimson' },
} as const

export function ForecastsSection({ goals }: { goals: Goal[] }) {
  return (
    <Section
      title="Where goals lead"
      description="If things go on as they did: a level that follows the readings, and a drift. Four of five later readings should lie in the range; measured on series of many kinds, 65 to 95 % did."
    >
      {goals.length === 0 ? (
        <EmptyState title="No goal is open" order={3} icon={<IconTimeline size={28} stroke={1.5} />}>
          Set one on the page of the programme; with six readings its way is shown here.
        </EmptyState>
      ) : (
        <ul className="plan-goals">
          {goals.map((goal) => (
            <li key={goal.id} className="plan-goal" aria-label={goal.title}>
              <GoalForecast goal={goal} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function GoalForecast({ goal }: { goal: Goal }) {
  const { title, forecast, target, dueOn } = goal
  return (
    <>
      <header className="plan-goal-head">
        <h3>{title}</h3>
        {forecast.state === 'told' && <Badge tone={looks[forecast.likely].tone}>{looks[forecast.likely].label}</Badge>}
      </header>
      {forecast.state === 'told' ? (
        <>
          <p>{toldText(goal, forecast)}</p>
          <FanChart label={`${title}, in ${unitOf(goal)}`} data={pointsOf(forecast)} target={target} />
        </>
      ) : (
        <p className="lr-dimmed">
          {numberText(target)} {unitOf(goal)} by {dayText(dueOn)}. No range yet:{' '}
          {count(forecast.there, 'reading', 'readings')} of {forecast.needs} that are needed, one for each{' '}
          {count(forecast.stepDays, 'day')} without a gap.
        </p>
      )}
    </>
  )
}

function toldText(goal: Goal, { onDue, points }: Told): string {
  const wanted = `${numberText(goal.target)} ${unitOf(goal)} by ${dayText(goal.dueOn)}`
  const rangeOf = ({ low, high }: { low: number; high: number }) => `${numberText(low)} to ${numberText(high)}`
  if (onDue) return `${wanted}. As it goes on, it will be ${rangeOf(onDue)} then, with 80 %.`
  const last = points.at(-1)!
  return `${wanted}. Its day lies farther ahead than readings look back; on ${dayText(last.day)} it will be ${rangeOf(last)}, with 80 %.`
}

const pointsOf = ({ used, points }: Told): FanPoint[] => [
  ...used.map(({ day, value }, index) => {
    const isLast = index === used.length - 1
    // The fan opens where readings end.
    return {
      x: dayText(day),
      read: value,
      mean: isLast ? value : null,
      low: isLast ? value : null,
      high: isLast ? value : null,
    }
  }),
  ...points.map(({ day, mean, low, high }) => ({ x: dayText(day), read: null, mean, low, high })),
]
