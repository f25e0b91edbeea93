// Writes down what was spent; undone, it counts no longer.

import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { amountFrom } from '../../../kit/money.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Kind, kinds } from '../../budget/types.ts'
import type { Budget } from './budget-page.tsx'
import { allMoney, kindWords } from './budget-words.ts'
import '@mantine/core/styles/Checkbox.css'

interface Values extends Record<string, unknown> {
  day: string
  amount: string
  kind: Kind
  channel: string
  campaignId: string | null
  what: string
  reference: string
  isCommitted: boolean
}

interface Props {
  budget: Budget
  currency: string
  close: () => void
}

/** `−12.50`: money that came back. */
function signedAmount(text: string, currency: string): number | null {
  const isBack = /^[-−]/.test(text.trim())
  const amount = amountFrom(text.trim().replace(/^[-−]/, ''), currency)
  return amount !== null && isBack ? -amount : amount
}

export function SpendForm({ budget, currency, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, { id: string }>({
    initialValues: {
      ...{ day: budget.today.startsWith(String(budget.year)) ? budget.today : `${budget.year}-01-01`, amount: '' },
      ...{ kind: 'advertising', channel: '', campaignId: null, what: '', reference: '', isCommitted: false },
    },
    validate: ({ day, amount, what }) => ({
      day: wants.text(day, 'A day'),
      amount: signedAmount(amount, currency) === null ? 'An amount such as 480.50 is needed.' : null,
      what: wants.text(what, 'What it was for'),
    }),
    send: ({ amount, channel, reference, ...facts }) =>
      client.spend.note({
        ...{ org: org.id, ...facts, amount: signedAmount(amount, currency)! },
        ...{ channel: channel.trim() || null, reference: reference.trim() || null },
      }),
    done: async ({ id }) => {
      await refresh(queryClient, allMoney)
      close()
      showUndo('Written down', async () => {
        await client.spend.remove({ org: org.id, id })
        await refresh(queryClient, allMoney)
      })
    },
  })
  const { isCommitted } = form.values.values
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="Spending">
      <TextInput label="For what" maxLength={300} data-autofocus {...form.field('what')} />
      <TextInput
        label={`Amount, in ${currency}`}
        description="With − before it: money that came back."
        inputMode="decimal"
        {...form.field('amount')}
      />
      <Checkbox
        label="Ordered, and not paid yet"
        description="It counts as committed until you write down that it was paid."
        {...form.field('isCommitted', { type: 'checkbox' })}
      />
      <TextInput
        type="date"
        label={isCommitted ? 'Falls due on' : 'Day'}
        max={isCommitted ? undefined : budget.today}
        {...form.field('day')}
      />
      <Select
        label="Kind"
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: kindWords[value] }))}
        {...form.field('kind')}
      />
      <TextInput label="Channel" maxLength={60} {...form.field('channel')} />
      <Select
        label="Campaign"
        clearable
        data={budget.campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('campaignId')}
      />
      <TextInput
        label="Reference"
        description="The number of the invoice: it counts once."
        maxLength={100}
        {...form.field('reference')}
      />
    </ServerForm>
  )
}
