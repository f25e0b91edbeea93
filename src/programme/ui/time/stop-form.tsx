// Done: how many came of it. Where the timer was forgotten, what it really took.

import { NumberInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import '@mantine/core/styles/NumberInput.css'

export function StopForm({ minutes, close }: { minutes: number; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<{ items: number | string; minutes: number | string }, unknown>({
    initialValues: { items: 1, minutes: '' },
    send: (values) =>
      client.time.stop({
        ...{ org: org.id, items: Number(values.items) || 1 },
        ...(typeof values.minutes === 'number' && { minutes: values.minutes }),
      }),
    done: async () => {
      await refresh(queryClient, api.time, api.plan, api.sessions)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="Done">
      <NumberInput label="How many came of it" min={1} max={1000} data-autofocus {...form.field('items')} />
      <NumberInput
        label="Minutes, if the timer is wrong"
        placeholder={String(minutes)}
        min={1}
        max={960}
        {...form.field('minutes')}
      />
    </ServerForm>
  )
}
