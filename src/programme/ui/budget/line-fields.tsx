// One line of a budget that is being written: for what, and how much in the year or in each month.

import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { amountFrom, amountText } from '../../../kit/money.ts'
import { type BudgetLine, type Kind, kinds } from '../../budget/types.ts'
import type { Budget } from './budget-page.tsx'
import { kindWords, months } from './budget-words.ts'
import './budget.css'

/** As it is typed. */
export interface Row {
  id: string
  name: string
  kind: Kind
  channel: string
  campaignId: string | null
  months: string[]
}

export const emptyRow = (): Row => ({
  ...{ id: crypto.randomUUID(), name: '', kind: 'advertising', channel: '', campaignId: null },
  months: months.map(() => ''),
})

export const rowOf = (line: BudgetLine, currency: string): Row => ({
  ...{ ...line, channel: line.channel ?? '' },
  months: line.months.map((amount) => (amount === 0 ? '' : amountText(amount, currency))),
})

/** null: it is none. Nothing typed is none of it. */
export const typedAmount = (text: string, currency: string): number | null =>
  text.trim() === '' ? 0 : amountFrom(text, currency)

/** Evenly over the months; what cannot be shared stands in the last. */
const spread = (amount: number): number[] =>
  months.map((_, index) => (index === 11 ? amount - 11 * Math.floor(amount / 12) : Math.floor(amount / 12)))

interface Props {
  row: Row
  currency: string
  campaigns: Budget['campaigns']
  change: (more: Partial<Row>) => void
  remove: () => void
}

export function LineFields({ row, currency, campaigns, change, remove }: Props) {
  const [whole, setWhole] = useState('')
  const wrong = (text: string) => typedAmount(text, currency) === null
  const typeWhole = (text: string) => {
    setWhole(text)
    const amount = text.trim() ? amountFrom(text, currency) : null
    if (amount !== null) change({ months: spread(amount).map((each) => amountText(each, currency)) })
  }
  return (
    <li className="bu-line">
      <TextInput
        label="For what"
        maxLength={200}
        value={row.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label="Kind"
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: kindWords[value] }))}
        value={row.kind}
        onChange={(value) => value && change({ kind: value as Kind })}
      />
      <TextInput
        label="Channel"
        maxLength={60}
        value={row.channel}
        onChange={(event) => change({ channel: event.currentTarget.value })}
      />
      <Select
        label="Campaign"
        clearable
        data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        value={row.campaignId}
        onChange={(campaignId) => change({ campaignId })}
      />
      <TextInput
        label="In the year, spread evenly"
        inputMode="decimal"
        value={whole}
        error={wrong(whole) && 'An amount such as 480.50'}
        onChange={(event) => typeWhole(event.currentTarget.value)}
      />
      <Button variant="default" aria-label={`Leave out: ${row.name || 'a line'}`} onClick={remove}>
        Leave out
      </Button>
      <details>
        <summary>Month by month</summary>
        <div className="bu-months">
          {months.map((name, index) => (
            <TextInput
              key={name}
              label={name}
              inputMode="decimal"
              value={row.months[index]}
              error={wrong(row.months[index]!)}
              onChange={(event) => change({ months: row.months.with(index, event.currentTarget.value) })}
            />
          ))}
        </div>
      </details>
    </li>
  )
}
