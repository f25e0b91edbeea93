// Writes down what was done without a timer.

import { Autocomplete, Group, NumberInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { activityFrom, activityOptions } from '../activity-words.ts'
import { CampaignSelect } from '../campaign-select.tsx'
import '@mantine/core/styles/NumberInput.css'

interface Values extends Record<string, unknown> {
  activity: string
  minutes: number | string
  items: number | string
  day: string
  campaignId: string | null
  note: string
}

const faultOf = (typed: string, id: string): string | null => {
  if (!typed.trim()) return 'What it was is needed.'
  return id ? null : 'Use Latin letters or digits.'
}

interface Props {
  today: string
  own: readonly string[]
  close: () => void
}

export function LogForm({ today, own, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const options = activityOptions(own)
  /** A label that is offered stands for its activity; other words are one of the organisation's own. */
  const idOf = (typed: string) => options.find(({ label }) => label === typed.trim())?.value ?? activityFrom(typed)
  const form = useServerForm<Values, unknown>({
    initialValues: { activity: '', minutes: '', items: 1, day: today, campaignId: null, note: '' },
    validate: ({ activity, minutes, day }) => ({
      activity: faultOf(activity, idOf(activity)),
      minutes: typeof minutes === 'number' && minutes > 0 ? null : 'Minutes are needed.',
      day: wants.text(day, 'A day'),
    }),
    send: ({ activity, minutes, items, ...facts }) =>
      client.time.log({
        ...{ org: org.id, activity: idOf(activity), minutes: Number(minutes), items: Number(items) || 1, ...facts },
      }),
    done: async () => {
      await refresh(queryClient, api.time, api.plan, api.budget)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="Time">
      <Autocomplete
        label="What"
        description="Choose one, or use words of your own."
        data={options.map(({ label }) => label)}
        data-autofocus
        {...form.field('activity')}
      />
      <Group grow align="flex-start">
        <NumberInput label="Minutes" min={1} max={960} {...form.field('minutes')} />
        <NumberInput label="How many came of it" min={1} max={1000} {...form.field('items')} />
      </Group>
      <TextInput type="date" label="Day" max={today} {...form.field('day')} />
      <CampaignSelect
        label="For which campaign"
        {...form.field('campaignId')}
        value={form.values.values.campaignId}
        onChange={(next) => form.values.setFieldValue('campaignId', next)}
      />
      <TextInput label="Note" maxLength={500} {...form.field('note')} />
    </ServerForm>
  )
}
