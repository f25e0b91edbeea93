// What the planner is asked: for how many weeks, within which minutes, how much of them to find out.

import { NumberInput, Radio, Select, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { GoalUnit } from '../../worth/types.ts'
import { unitOptions } from './worth-words.ts'
import '@mantine/core/styles/NumberInput.css'
import '@mantine/core/styles/Radio.css'

interface Values extends Record<string, unknown> {
  unit: GoalUnit
  weeks: number | string
  time: 'curve' | 'given'
  explore: string
  seed: number | string
}

export function AskForm({ unit, close }: { unit: GoalUnit; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: { unit, weeks: 4, time: 'curve', explore: '0.1', seed: '' },
    validate: ({ weeks }) => ({
      weeks: typeof weeks === 'number' && weeks >= 1 ? null : 'A number from 1 to 26 is needed.',
    }),
    send: ({ weeks, time, explore, seed, ...values }) =>
      client.choices.ask({
        ...{ org: org.id, unit: values.unit, weeks: Number(weeks), time, explore: Number(explore) },
        seed: typeof seed === 'number' ? seed : null,
      }),
    done: async () => {
      await refresh(queryClient, api.choices)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Choose" close={close} label="Let the planner choose">
      <Select label="Judged by" allowDeselect={false} data={unitOptions} {...form.field('unit')} />
      <NumberInput label="Weeks" min={1} max={26} allowDecimal={false} data-autofocus {...form.field('weeks')} />
      <Radio.Group label="Within" {...form.field('time')}>
        <Stack gap="xs" mt={4}>
          <Radio value="curve" label="the load that grows by rule" description="What the next weeks really have." />
          <Radio
            value="given"
            label="all that everybody gives"
            description="Where it may lead; the load grows there by and by."
          />
        </Stack>
      </Radio.Group>
      <Select
        label="To find out"
        description="A part of the minutes for what may be better than is known."
        allowDeselect={false}
        data={[
          { value: '0', label: 'Nothing' },
          { value: '0.1', label: 'A tenth' },
          { value: '0.2', label: 'A fifth' },
        ]}
        {...form.field('explore')}
      />
      <NumberInput
        label="Seed of the draws"
        description="The same seed gives the same plan. Empty: drawn, and told."
        min={0}
        max={2_147_483_647}
        allowDecimal={false}
        {...form.field('seed')}
      />
    </ServerForm>
  )
}
