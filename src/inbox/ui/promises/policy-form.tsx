// Making or changing a promise: to whom it applies, in which hours it counts, and what is promised in how much time.

import { Button, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type PromisePolicy, type PromiseTarget, promiseMetrics } from '../../promises/types.ts'
import { PolicyConditions } from './policy-conditions.tsx'
import { PolicyTarget } from './policy-target.tsx'
import { type Hours, metricWords, type Policy } from './promise-words.ts'
import './promises.css'

interface PolicyFormProps {
  policy: Policy | null
  hours: readonly Hours[]
  close: () => void
  done: () => Promise<unknown>
}

const freshTarget = (metric: PromiseTarget['metric'], business: boolean): PromiseTarget => ({
  ...{ metric, minutes: 240, hours: business ? 'business' : 'calendar', dueSoonMinutes: null },
  // What somebody waits for us is no time in which we wait for them.
  ...{ whileWaiting: metric === 'requester-wait' ? 'pause' : 'run', whileOnHold: 'run', whenReopened: 'continue' },
})

const freshPolicy = (hours: readonly Hours[]): PromisePolicy => ({
  name: '',
  conditions: { accountIds: [], kinds: [], saidAs: [], departmentIds: [], priorities: [], protocolIds: [] },
  hoursId: hours[0]?.id ?? null,
  topics: [],
  targets: [freshTarget('first-reply', hours.length > 0), freshTarget('next-reply', hours.length > 0)],
})

export function PolicyForm({ policy, hours, close, done }: PolicyFormProps) {
  const org = useOrg()
  const [draft, setDraft] = useState<PromisePolicy>(policy?.policy ?? freshPolicy(hours))
  const set = (change: Partial<PromisePolicy>) => setDraft({ ...draft, ...change })
  const setTarget = (at: number, change: Partial<PromiseTarget>) =>
    set({ targets: draft.targets.map((target, index) => (index === at ? { ...target, ...change } : target)) })
  const missing = promiseMetrics.filter((metric) => !draft.targets.some((target) => target.metric === metric))
  const lacksHours = draft.hoursId === null && draft.targets.some((target) => target.hours === 'business')
  const save = useMutation({
    mutationFn: async () => {
      const given = { org: org.id, policy: draft }
      await (policy ? client.promises.change({ ...given, id: policy.id }) : client.promises.make(given))
      await done()
      close()
    },
  })
  return (
    <Modal opened onClose={close} title={policy ? `Change ${policy.policy.name}` : 'A new promise'} size="lg">
      <Stack gap="md">
        <TextInput
          label="Name"
          value={draft.name}
          maxLength={120}
          onChange={({ currentTarget: { value } }) => set({ name: value })}
          data-autofocus
        />
        <PolicyConditions conditions={draft.conditions} set={(conditions) => set({ conditions })} />
        <Select
          label="Business hours"
          description="Times in opening hours stand still while nobody is there."
          placeholder="None: every hour counts"
          clearable
          data={hours.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.hoursId}
          error={lacksHours && 'Choose hours, or let every time below count all hours.'}
          onChange={(hoursId) => set({ hoursId })}
        />
        {draft.targets.map((target, at) => (
          <PolicyTarget
            key={target.metric}
            target={target}
            set={(change) => setTarget(at, change)}
            remove={
              draft.targets.length > 1
                ? () => set({ targets: draft.targets.filter((_, index) => index !== at) })
                : undefined
            }
          />
        ))}
        <Group gap="xs">
          {missing.map((metric) => (
            <Button
              key={metric}
              size="compact-sm"
              variant="default"
              onClick={() => set({ targets: [...draft.targets, freshTarget(metric, draft.hoursId !== null)] })}
            >
              Add: {metricWords[metric].label}
            </Button>
          ))}
        </Group>
        <TagsInput
          label="What people may ask about"
          description="Stands in the text for the account’s profile."
          value={draft.topics}
          onChange={(topics) => set({ topics })}
        />
        <p className="pr-facts">It holds for what is said from now on. What runs already goes on as it was promised.</p>
        <ErrorPanel error={save.error} kept="What you typed is still here." />
        <DialogActions
          close={close}
          action="Save the promise"
          run={() => save.mutate()}
          working={save.isPending}
          disabled={!draft.name.trim() || lacksHours}
        />
      </Stack>
    </Modal>
  )
}
