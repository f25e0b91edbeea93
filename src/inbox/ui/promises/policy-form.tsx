// Making or changing a promise: to whom it applies, in which hours it counts, and what is promised in how much time.

import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import {
  type Effect,
  type PromiseKind,
  type PromisePolicy,
  type PromiseTarget,
  priorities,
  promiseKinds,
  promiseMetrics,
} from '../../promises/types.ts'
import { type Hours, kindWords, metricWords, type Policy, priorityWords } from './promise-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface PolicyFormProps {
  policy: Policy | null
  hours: readonly Hours[]
  close: () => void
  done: () => Promise<unknown>
}

const freshTarget = (metric: PromiseTarget['metric'], business: boolean): PromiseTarget => ({
  ...{ metric, minutes: 240, hours: business ? 'business' : 'calendar', dueSoonMinutes: null },
  ...{ whileWaiting: 'run', whileOnHold: 'run', whenReopened: 'continue' },
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
        <Conditions conditions={draft.conditions} set={(conditions) => set({ conditions })} />
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
          <Target
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

type Conditions = PromisePolicy['conditions']

function Conditions({ conditions, set }: { conditions: Conditions; set: (conditions: Conditions) => void }) {
  const accounts = useAccounts()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: useOrg().id } }))
  return (
    <fieldset className="pr-fieldset">
      <legend>Applies to</legend>
      <p className="pr-facts">Nothing chosen: all.</p>
      <Stack gap="sm">
        <MultiSelect
          label="What somebody wants"
          data={promiseKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          value={conditions.kinds}
          onChange={(kinds) => set({ ...conditions, kinds: kinds as PromiseKind[] })}
        />
        <MultiSelect
          label="Accounts"
          searchable
          data={accounts.all.map(({ id, name }) => ({ value: id, label: name }))}
          value={conditions.accountIds}
          onChange={(accountIds) => set({ ...conditions, accountIds })}
        />
        <MultiSelect
          label="Departments"
          data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={conditions.departmentIds}
          onChange={(departmentIds) => set({ ...conditions, departmentIds })}
        />
        <MultiSelect
          label="Priorities"
          data={priorities.map((priority) => ({ value: priority, label: priorityWords[priority] }))}
          value={conditions.priorities}
          onChange={(chosen) => set({ ...conditions, priorities: chosen as Conditions['priorities'] })}
        />
      </Stack>
    </fieldset>
  )
}

const effectWords: { value: Effect; label: string }[] = [
  { value: 'run', label: 'runs on' },
  { value: 'pause', label: 'stands still' },
  { value: 'reset', label: 'begins anew' },
]

interface TargetProps {
  target: PromiseTarget
  set: (change: Partial<PromiseTarget>) => void
  remove: (() => void) | undefined
}

function Target({ target, set, remove }: TargetProps) {
  const { label, means } = metricWords[target.metric]
  const [unit, setUnit] = useState(target.minutes % 60 === 0 ? 60 : 1)
  return (
    <fieldset className="pr-fieldset">
      <legend>{label}</legend>
      <p className="pr-facts">{means}.</p>
      <div className="pr-fields">
        <NumberInput
          label="Within"
          min={1}
          max={Math.floor(527_040 / unit)}
          allowDecimal={false}
          value={target.minutes / unit}
          onChange={(value) => set({ minutes: Math.max(1, Math.round((Number(value) || 1) * unit)) })}
        />
        <Select
          label="Unit"
          allowDeselect={false}
          data={[
            { value: '1', label: 'minutes' },
            { value: '60', label: 'hours' },
          ]}
          value={String(unit)}
          onChange={(value) => {
            const next = Number(value)
            set({ minutes: Math.max(1, Math.round(target.minutes / unit)) * next })
            setUnit(next)
          }}
        />
        <NumberInput
          label="Warn before, in minutes"
          placeholder="a quarter of it"
          min={0}
          allowDecimal={false}
          value={target.dueSoonMinutes ?? ''}
          onChange={(value) => set({ dueSoonMinutes: value === '' ? null : Number(value) })}
        />
        <Select
          label="While it is put off, it"
          allowDeselect={false}
          data={effectWords}
          value={target.whileOnHold}
          onChange={(value) => set({ whileOnHold: value as Effect })}
        />
      </div>
      <Group mt="sm" justify="space-between">
        <Switch
          label="In opening hours"
          checked={target.hours === 'business'}
          onChange={({ currentTarget: { checked } }) => set({ hours: checked ? 'business' : 'calendar' })}
        />
        {remove && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
            Do not promise this
          </Button>
        )}
      </Group>
    </fieldset>
  )
}
