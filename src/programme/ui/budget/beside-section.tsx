// Plan beside what was spent: in a sentence, added up month by month, and by kind, channel and campaign.

import { Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { digitsOf, moneyText } from '../../../kit/money.ts'
import { numberText } from '../programme-words.ts'
import type { Budget } from './budget-page.tsx'
import { kindWords, months } from './budget-words.ts'
import { LinesTable } from './lines-table.tsx'
import './budget.css'

interface Props {
  budget: Budget
  currency: string
}

export function BesideSection({ budget, currency }: Props) {
  const { soFar, total } = budget
  return (
    <Section title="Plan and actual" description={`Of the version in force, in ${currency}.`}>
      <p>
        <strong className="bu-total">{moneyText(soFar.actual, currency)}</strong> spent of{' '}
        {moneyText(soFar.plan, currency)} that were planned until the end of this month;{' '}
        {moneyText(total.plan, currency)} in the whole year.
      </p>
      <p className="lr-dimmed">
        {timeText(budget, currency)}
        {budget.committed > 0 && ` ${moneyText(budget.committed, currency)} more are ordered and not paid yet.`}
      </p>
      <LinesTable lines={budget.lines} currency={currency} />
      <SumsPlot budget={budget} currency={currency} />
      <div className="plan-goals">
        <PartTable
          label="Kind"
          currency={currency}
          rows={budget.byKind.map(({ kind, plan, actual }) => ({ name: kindWords[kind], plan, actual }))}
        />
        <PartTable
          label="Channel"
          currency={currency}
          rows={budget.byChannel.map(({ channel, plan, actual }) => ({ name: channel ?? 'No channel', plan, actual }))}
        />
        <PartTable
          label="Campaign"
          currency={currency}
          rows={budget.byCampaign.map(({ campaignId, name, ...row }) => ({
            ...{ name: campaignId ? (name ?? 'A campaign that is gone') : 'No campaign', ...row },
          }))}
        />
      </div>
    </Section>
  )
}

function timeText({ time, minutes }: Budget, currency: string): string {
  const worked = `${numberText(Math.round(minutes))} minutes were worked`
  if (!time) return `${worked}. What they cost is seen by those who run the organisation, and is not in it.`
  const cost = `${worked}, which cost ${moneyText(time.cost, currency)} and are in it`
  return time.unpriced > 0
    ? `${cost}; of ${numberText(Math.round(time.unpriced))} nobody said what they cost.`
    : `${cost}.`
}

/** Added up from January: whether the year holds is seen at its end and not in single months. */
function SumsPlot({ budget: { year, today, months: each }, currency }: Props) {
  const unit = 10 ** digitsOf(currency)
  const sumTo = (part: 'plan' | 'actual', last: number): number =>
    Math.round(each.slice(0, last + 1).reduce((sum, month) => sum + month[part], 0) / unit)
  const isAhead = (month: number): boolean => `${year}-${String(month + 1).padStart(2, '0')}` > today.slice(0, 7)
  return (
    <LineChart
      label={`Planned and spent since January, in ${currency}`}
      height={220}
      data={months.map((name, month) => ({
        ...{ x: name, plan: sumTo('plan', month), actual: isAhead(month) ? null : sumTo('actual', month) },
      }))}
      series={[
        { name: 'plan', label: 'Planned', color: 'var(--mantine-color-dimmed)' },
        { name: 'actual', label: 'Spent' },
      ]}
    />
  )
}

interface Part {
  name: string
  plan: number
  actual: number
  minutes?: number
  timeCost?: number | null
}

/** What was worked, and what of the spending it is where that is told. */
const timeColumn = (currency: string): Column<Part> => ({
  ...{ id: 'time', header: 'Of it time', align: 'end' },
  cell: ({ minutes = 0, timeCost }) =>
    timeCost == null ? `${numberText(minutes)} min` : `${moneyText(timeCost, currency)}, ${numberText(minutes)} min`,
})

function PartTable({ label, rows, currency }: { label: string; rows: Part[]; currency: string }) {
  return (
    <DataTable
      label={`By ${label.toLowerCase()}`}
      rows={rows}
      rowKey={({ name }) => name}
      empty={null}
      columns={[
        { id: 'name', header: label, primary: true, cell: ({ name }) => name },
        { id: 'plan', header: 'Planned', align: 'end', cell: ({ plan }) => moneyText(plan, currency) },
        { id: 'actual', header: 'Spent', align: 'end', cell: ({ actual }) => moneyText(actual, currency) },
        ...(rows.some(({ minutes }) => minutes !== undefined) ? [timeColumn(currency)] : []),
      ]}
    />
  )
}
