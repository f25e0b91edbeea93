// Making or changing a lane: its steps in order, who has to agree at each, when it climbs, and where it applies.

import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { showLooking } from './approval-words.ts'
import { approverOf, type Choice, keyOf, type Lane, type Step, scopeKey, scopeOf, withLost } from './lane-choices.ts'
import '@mantine/core/styles/NumberInput.css'

interface LaneFormProps {
  lane: Lane | null
  people: Choice[]
  scopes: Choice[]
  close: () => void
  done: () => Promise<unknown>
}

const freshStep = (): Step => ({
  ...{ approvers: [{ kind: 'role', role: 'approver' }], needed: 1, deputies: [], notAuthor: true },
  ...{ remindAfter: 240, deputyAfter: 480, managerAfter: 1440 },
})

type Draft = Pick<Lane, 'name' | 'kind' | 'steps' | 'fast' | 'scopes'>

export function LaneForm({ lane, people, scopes, close, done }: LaneFormProps) {
  const org = useOrg()
  const [draft, setDraft] = useState<Draft>(
    lane ?? { name: '', kind: 'ordinary', steps: [freshStep()], fast: null, scopes: [] },
  )
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const setStep = (at: number, change: Partial<Step>) =>
    set({ steps: draft.steps.map((step, index) => (index === at ? { ...step, ...change } : step)) })
  const save = async () => {
    setWorking(true)
    setError(null)
    const { name, kind, steps, fast, scopes: where } = draft
    const input = {
      org: org.id,
      name,
      kind,
      steps,
      fast: kind === 'fast' ? fast : null,
      scopes: kind === 'fast' ? [] : where,
    }
    try {
      const saved = await (lane ? client.lanes.change({ ...input, id: lane.id }) : client.lanes.make(input))
      showLooking('Lane saved', saved)
      await done()
      close()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Modal opened onClose={close} title={lane ? `Change ${lane.name}` : 'A new lane'} size="lg">
      <Stack gap="md">
        <TextInput
          label="Name"
          value={draft.name}
          onChange={({ currentTarget: { value } }) => set({ name: value })}
          data-autofocus
        />
        <Select
          label="Kind"
          allowDeselect={false}
          data={[
            { value: 'ordinary', label: 'Ordinary' },
            { value: 'fast', label: 'Fast: chosen for one urgent post, with a time box' },
            { value: 'investor', label: 'Investor relations: two named people, never the author' },
          ]}
          value={draft.kind}
          onChange={(kind) =>
            set({
              kind: kind as Lane['kind'],
              fast: kind === 'fast' ? (draft.fast ?? { minutes: 30, users: [], whenSilent: 'hold' }) : null,
            })
          }
        />
        {draft.kind === 'fast' && draft.fast ? (
          <FastFields fast={draft.fast} people={people} set={(fast) => set({ fast })} />
        ) : (
          <MultiSelect
            label="Applies to"
            description="Nothing chosen: only where a guardrail leads to it."
            searchable
            data={withLost(scopes, draft.scopes.map(scopeKey), 'Something that is not there any more')}
            value={draft.scopes.map(scopeKey)}
            onChange={(keys) => set({ scopes: keys.map(scopeOf) })}
          />
        )}
        {draft.steps.map((step, at) => (
          <StepFields key={at} number={at + 1} step={step} people={people} set={(change) => setStep(at, change)} />
        ))}
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => set({ steps: [...draft.steps, freshStep()] })}>
            Add a step
          </Button>
          {draft.steps.length > 1 && (
            <Button size="xs" variant="subtle" onClick={() => set({ steps: draft.steps.slice(0, -1) })}>
              Remove the last step
            </Button>
          )}
        </Group>
        <ErrorPanel error={error} kept="What you chose is still here." />
        <DialogActions
          close={close}
          action="Save the lane"
          run={save}
          working={working}
          disabled={!draft.name.trim()}
        />
      </Stack>
    </Modal>
  )
}

function FastFields({
  fast,
  people,
  set,
}: {
  fast: NonNullable<Lane['fast']>
  people: Choice[]
  set: (fast: NonNullable<Lane['fast']>) => void
}) {
  return (
    <>
      <NumberInput
        label="Time box in minutes"
        min={1}
        max={1440}
        value={fast.minutes}
        onChange={(value) => set({ ...fast, minutes: Number(value) || 1 })}
      />
      <MultiSelect
        label="Who may use it"
        searchable
        data={people}
        value={fast.users.map(keyOf)}
        onChange={(keys) => set({ ...fast, users: keys.map(approverOf) })}
      />
      <Select
        label="When nobody answers"
        allowDeselect={false}
        data={[
          { value: 'hold', label: 'It stays here' },
          { value: 'go', label: 'It goes out, unless a guardrail matched' },
        ]}
        value={fast.whenSilent}
        onChange={(whenSilent) => set({ ...fast, whenSilent: whenSilent as 'hold' | 'go' })}
      />
    </>
  )
}

function StepFields({
  number,
  step,
  people,
  set,
}: {
  number: number
  step: Step
  people: Choice[]
  set: (change: Partial<Step>) => void
}) {
  const minutes = (label: string, field: 'remindAfter' | 'deputyAfter' | 'managerAfter') => (
    <NumberInput
      label={label}
      min={1}
      placeholder="never"
      value={step[field] ?? ''}
      onChange={(value) => set({ [field]: value === '' ? null : Number(value) })}
    />
  )
  return (
    <fieldset className="ap-rendition">
      <legend>Step {number}</legend>
      <MultiSelect
        label="Who is asked"
        searchable
        data={people}
        value={step.approvers.map(keyOf)}
        onChange={(keys) => set({ approvers: keys.map(approverOf) })}
      />
      <Group grow>
        <NumberInput
          label="How many have to agree"
          min={1}
          disabled={step.needed === 'all'}
          value={step.needed === 'all' ? '' : step.needed}
          onChange={(value) => set({ needed: Number(value) || 1 })}
        />
        <Switch
          label="All of them"
          checked={step.needed === 'all'}
          onChange={({ currentTarget: { checked } }) => set({ needed: checked ? 'all' : 1 })}
        />
      </Group>
      <Switch
        label="Somebody else than the author"
        checked={step.notAuthor}
        onChange={({ currentTarget: { checked } }) => set({ notAuthor: checked })}
      />
      <MultiSelect
        label="Deputies"
        searchable
        data={people}
        value={step.deputies.map(keyOf)}
        onChange={(keys) => set({ deputies: keys.map(approverOf) })}
      />
      <Group grow>
        {minutes('Remind after (min)', 'remindAfter')}
        {minutes('Deputies after (min)', 'deputyAfter')}
        {minutes('Managers after (min)', 'managerAfter')}
      </Group>
    </fieldset>
  )
}
