// The next version of a budget: its lines, what they come to, and why it is written.

import { Button, Group, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { currencies, moneyText } from '../../../kit/money.ts'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Budget } from './budget-page.tsx'
import { emptyRow, LineFields, type Row, rowOf, typedAmount } from './line-fields.tsx'
import './budget.css'

interface Values extends Record<string, unknown> {
  currency: string
  reason: string
}

export function LinesForm({ budget, close }: { budget: Budget; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const newest = budget.versions[0]
  const [rows, setRows] = useState<Row[]>(
    () => newest?.lines.map((line) => rowOf(line, budget.currency!)) ?? [emptyRow()],
  )
  const isWrong = (currency: string): boolean =>
    rows.some((row) => !row.name.trim() || row.months.some((text) => typedAmount(text, currency) === null))
  const form = useServerForm<Values, unknown>({
    initialValues: { currency: budget.currency ?? 'EUR', reason: '' },
    validate: ({ currency, reason }) => ({
      reason: isWrong(currency) ? 'Each line needs a name, and amounts such as 480.50.' : wants.sentence(reason),
    }),
    send: ({ currency, reason }) =>
      client.budget.save({
        ...{ org: org.id, year: budget.year, currency, reason, after: newest?.number ?? null },
        lines: rows.map(({ channel, months, ...row }) => ({
          ...{ ...row, channel: channel.trim() || null },
          months: months.map((text) => typedAmount(text, currency) ?? 0),
        })),
      }),
    done: async () => {
      await refresh(queryClient, api.budget)
      close()
    },
  })
  const { currency } = form.values.getValues()
  const sum = rows.flatMap((row) => row.months).reduce((all, text) => all + (typedAmount(text, currency) ?? 0), 0)
  const change = (id: string, more: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.id === id ? { ...row, ...more } : row)))
  return (
    <ServerForm
      form={form}
      submit="Save this version"
      actions={
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      }
      label="Next version of the budget"
    >
      {!budget.currency && (
        <Select label="Currency" allowDeselect={false} data={currencies} {...form.field('currency')} />
      )}
      <ul className="bu-lines" aria-label="Lines">
        {rows.map((row) => (
          <LineFields
            key={row.id}
            row={row}
            currency={currency}
            campaigns={budget.campaigns}
            change={(more) => change(row.id, more)}
            remove={() => setRows((before) => before.filter(({ id }) => id !== row.id))}
          />
        ))}
      </ul>
      <Group>
        <Button variant="light" size="xs" onClick={() => setRows((before) => [...before, emptyRow()])}>
          Add a line
        </Button>
        <span>{moneyText(sum, currency)} in the year</span>
      </Group>
      <ReasonField description="What it rests on, or what changed." {...form.field('reason')} />
    </ServerForm>
  )
}
