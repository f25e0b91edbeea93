// Changes a goal, and says why: what it was stays to be read, and its line goes on from where it stands.

import { Group, NumberInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { unitOf } from '../programme-words.ts'
import type { Goal } from './goals-section.tsx'
import '@mantine/core/styles/NumberInput.css'

interface Values extends Record<string, unknown> {
  title: string
  baseline: number | string
  target: number | string
  dueOn: string
  ownerId: string | null
  reason: string
}

const numberOr = (value: number | string): number | null => (typeof value === 'number' ? value : null)

export function ChangeForm({ goal, close }: { goal: Goal; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.goals)
  const { id, title, baseline, target, dueOn, owner, version } = goal
  const form = useServerForm<Values, Goal>({
    initialValues: { title, baseline, target, dueOn, ownerId: owner?.id ?? null, reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ baseline: from, target: to, dueOn: by, ...values }) =>
      client.goals.change({
        ...{ org: org.id, id, version, ...values },
        ...{ baseline: numberOr(from), target: numberOr(to), dueOn: by || null },
      }),
    done: async (changed) => {
      await again()
      close()
      const [last] = changed.changes
      if (!last || changed.version === version) return
      showUndo('Changed', async () => {
        await client.goals.takeBack({ org: org.id, id, number: last.number })
        await again()
      })
    },
  })
  return (
    <ServerForm form={form} submit="Change it" close={close} label="Change the goal">
      <TextInput label="Name" data-autofocus {...form.field('title')} />
      <Group grow align="flex-start">
        <NumberInput
          label="Shall be"
          description={`In ${unitOf(goal)}. Its line goes on from where it stands.`}
          {...form.field('target')}
        />
        <TextInput type="date" label="By" {...form.field('dueOn')} />
      </Group>
      <NumberInput
        label="Was at the beginning"
        description="Only if it was wrong: then the whole line is drawn anew."
        {...form.field('baseline')}
      />
      <PersonSelect
        label="Who answers for it"
        placeholder="Nobody yet"
        {...form.field('ownerId')}
        value={form.values.values.ownerId}
        onChange={(next) => form.values.setFieldValue('ownerId', next)}
      />
      <ReasonField description="Stays beside the goal, with what it was before." {...form.field('reason')} />
    </ServerForm>
  )
}
