// A sprint and a marathon side by side: what each holds up, the minutes that each takes, and what this rests on.

import { Button, NumberInput, Title } from '@mantine/core'
import { Section } from '../../../kit/app-page.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { dayText } from '../../../kit/time.ts'
import { numberText } from '../programme-words.ts'
import type { LongView } from './long-view-page.tsx'
import { useAssumed } from './use-assumed.ts'
import '@mantine/core/styles/NumberInput.css'

/** So many that the plot can be read. */
const mostPoints = 53

export function PathsSection({ view }: { view: LongView }) {
  const { weeks } = view
  const step = Math.ceil(weeks.length / mostPoints)
  const shown = Array.from({ length: Math.ceil(weeks.length / step) }, (_, index) =>
    weeks.slice(index * step, (index + 1) * step),
  )
  return (
    <Section title="Sprint or marathon" description="A model with its assumptions below, and no forecast of you.">
      <p>{sayOf(view)}</p>
      <Title order={3}>What is held up: 100 is as today</Title>
      <LineChart
        label="What is held up, 100 is as today"
        height={240}
        data={shown.map((some) => ({
          x: dayText(some[0]!.monday),
          ...{
            marathon: meanOf(some, (week) => week.marathon.built),
            sprint: meanOf(some, (week) => week.sprint.built),
          },
          today: 100,
        }))}
        series={[
          { name: 'marathon', label: 'Marathon', color: 'var(--lr-plot-3)' },
          { name: 'sprint', label: 'Sprint', color: 'var(--lr-plot-1)' },
          { name: 'today', label: 'As today', color: 'var(--mantine-color-dimmed)' },
        ]}
      />
      <Title order={3}>Minutes a week that each takes</Title>
      <LineChart
        label="Minutes a week that each takes"
        height={180}
        data={shown.map((some) => ({
          x: dayText(some[0]!.monday),
          marathon: meanOf(some, (week) => week.marathon.minutes),
          sprint: meanOf(some, (week) => week.sprint.minutes),
        }))}
        series={[
          { name: 'marathon', label: 'Marathon', color: 'var(--lr-plot-3)' },
          { name: 'sprint', label: 'Sprint', color: 'var(--lr-plot-1)' },
        ]}
      />
      <Assumptions view={view} />
    </Section>
  )
}

type Week = LongView['weeks'][number]

/** Of the weeks that a point stands for: single ones would show lighter weeks by chance. */
const meanOf = (some: readonly Week[], of: (week: Week) => number): number =>
  Math.round(some.reduce((sum, week) => sum + of(week), 0) / some.length)

function sayOf({ weeks, baseline, target }: LongView): string {
  const last = weeks.at(-1)!
  const crossing = weeks.findIndex(({ sprint, marathon }, index) => index > 0 && marathon.built > sprint.built)
  const crosses = crossing < 0 ? 'The sprint stays ahead' : `The marathon passes the sprint in week ${crossing + 1}`
  const begin =
    baseline.from === 'new'
      ? `Nobody measured yet, so ${numberText(Math.round(baseline.minutes))} minutes a week are assumed as what people are used to.`
      : `People are used to ${numberText(Math.round(baseline.minutes))} minutes a week.`
  const plan = target === null ? ' There is no plan yet: the marathon grows to twice of that.' : ''
  return `${begin}${plan} ${crosses}; at the end the marathon holds up ${numberText(Math.round(last.marathon.built))} % of today, the sprint ${numberText(Math.round(last.sprint.built))} %.`
}

function Assumptions({ view: { assumptions } }: { view: LongView }) {
  const { own, assume, asBefore } = useAssumed()
  return (
    <details className="plan-means" open>
      <summary>What this rests on</summary>
      <div className="plan-facts">
        {assumptions.map(({ name, value, least, most, unit, says, source }) => (
          <NumberInput
            key={`${name} ${value}`}
            label={says}
            description={`In ${unit}, from ${least} to ${most}. ${source}.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={least}
            max={most}
            step={unit === 'power' ? 0.1 : 1}
            decimalScale={2}
            defaultValue={value}
            onBlur={(event) => {
              const typed = Number(event.currentTarget.value)
              if (Number.isFinite(typed) && typed >= least && typed <= most && typed !== value) assume(name, typed)
            }}
          />
        ))}
      </div>
      {Object.keys(own).length > 0 && (
        <Button variant="default" size="xs" mt={12} onClick={asBefore}>
          As it was assumed
        </Button>
      )}
    </details>
  )
}
