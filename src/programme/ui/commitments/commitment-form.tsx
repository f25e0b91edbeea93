// Commits for a year at most. What was committed before is offered to be kept or changed.

import { Group, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { amountFrom, amountText, currencies } from '../../../kit/money.ts'
import { addDays } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { fieldWords } from '../../../kit/words.ts'
import { spanFault } from '../../commitments/rules.ts'
import type { Commitment } from './commitment-section.tsx'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  from: Commitment | null
  /** The first day of the new one. */
  next: string
  close: () => void
}

interface Values extends Record<string, unknown> {
  fromDay: string
  untilDay: string
  budget: string
  currency: string
  minutesWeekly: number | string
  resources: string
  processes: string
  metrics: string
  stops: string
}

const valuesOf = (from: Commitment | null, next: string): Values => ({
  ...{ fromDay: next, untilDay: addDays(next, 364), currency: from?.currency ?? 'EUR' },
  ...{ budget: from ? amountText(from.budget, from.currency) : '', minutesWeekly: from?.minutesWeekly ?? 180 },
  ...{ resources: from?.resources ?? '', processes: from?.processes ?? '', metrics: from?.metrics ?? '' },
  stops: from?.stops ?? '',
})

const faultOf = ({ fromDay, untilDay }: Values): string | null => {
  if (!fromDay || !untilDay) return wants.text(untilDay, 'A last day')
  const fault = spanFault({ fromDay, untilDay })
  return fault && fieldWords({ code: `commitment-${fault}`, params: {} })
}

export function CommitmentForm({ from, next, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: valuesOf(from, next),
    validate: (values) => ({
      fromDay: wants.text(values.fromDay, 'A first day'),
      untilDay: faultOf(values),
      budget:
        amountFrom(values.budget, values.currency) === null ? 'An amount like 12000 is needed; 0 is one too.' : null,
      minutesWeekly:
        typeof values.minutesWeekly === 'number' && values.minutesWeekly >= 15 ? null : 'At least 15 minutes.',
      resources: wants.text(values.resources, 'Who, and with what,'),
      processes: wants.text(values.processes, 'How work is done'),
      metrics: wants.text(values.metrics, 'By what it is judged'),
    }),
    send: ({ budget, minutesWeekly, ...values }) =>
      client.commitments.promise({
        ...{ org: org.id, ...values, minutesWeekly: Number(minutesWeekly) },
        budget: amountFrom(budget, values.currency)!,
      }),
    done: async () => {
      await refresh(queryClient, api.commitments)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Commit" close={close} label="Commitment">
      <Group grow align="flex-start">
        <TextInput type="date" label="From" {...form.field('fromDay')} />
        <TextInput
          type="date"
          label="Until"
          description="A year at most; then it is renewed."
          {...form.field('untilDay')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Budget" inputMode="decimal" data-autofocus {...form.field('budget')} />
        <Select
          label="Currency"
          allowDeselect={false}
          data={[...new Set([form.values.values.currency, ...currencies])]}
          {...form.field('currency')}
        />
        <NumberInput label="Minutes a week" min={15} {...form.field('minutesWeekly')} />
      </Group>
      <Textarea label="Resources" description="Who, and with what." autosize minRows={2} {...form.field('resources')} />
      <Textarea
        label="Processes"
        description="How work is done, and who answers for it."
        autosize
        minRows={2}
        {...form.field('processes')}
      />
      <Textarea label="Metrics" description="By what it is judged." autosize minRows={2} {...form.field('metrics')} />
      <Textarea
        label="What stops for it"
        description="Time does not come from nowhere: name what is not done any more."
        autosize
        minRows={2}
        {...form.field('stops')}
      />
    </ServerForm>
  )
}
