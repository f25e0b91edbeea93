// What one step of a macro is about.

import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { MacroStep } from '../../macros/types.ts'
import { priorities } from '../../promises/types.ts'
import { closeReasons } from '../../types.ts'
import { reasonWords } from '../inbox-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface FieldProps<Step extends MacroStep = MacroStep> {
  step: Step
  change: (step: MacroStep) => void
}

export function MacroStepField({ step, change }: FieldProps) {
  if (step.kind === 'owner') return <Owner step={step} change={change} />
  if (step.kind === 'department') return <Department step={step} change={change} />
  if (step.kind === 'reply') return <Reply step={step} change={change} />
  if (step.kind === 'priority')
    return (
      <Select
        label="Which"
        allowDeselect={false}
        data={priorities.map((priority) => ({
          value: priority,
          label: priority[0]!.toUpperCase() + priority.slice(1),
        }))}
        value={step.priority}
        onChange={(to) => change({ kind: 'priority', priority: priorities.find((each) => each === to) ?? 'normal' })}
      />
    )
  if (step.kind === 'tags')
    return (
      <TagsInput
        label="Put to those it has"
        value={step.tags}
        maxTags={20}
        onChange={(tags) => change({ kind: 'tags', tags })}
      />
    )
  if (step.kind === 'note')
    return (
      <TextInput
        label="Note"
        maxLength={4000}
        value={step.note}
        onChange={(event) => change({ kind: 'note', note: event.currentTarget.value })}
      />
    )
  if (step.kind === 'snooze')
    return (
      <NumberInput
        label="For how many hours"
        min={1}
        max={2160}
        allowDecimal={false}
        value={step.hours}
        onChange={(hours) => change({ kind: 'snooze', hours: Math.max(1, Number(hours) || 1) })}
      />
    )
  return (
    <Select
      label="Because"
      allowDeselect={false}
      data={closeReasons.map((reason) => ({ value: reason, label: reasonWords[reason].label }))}
      value={step.reason}
      onChange={(reason) =>
        change({ kind: 'close', reason: closeReasons.find((each) => each === reason) ?? 'answered' })
      }
    />
  )
}

function Owner({ step, change }: FieldProps<Extract<MacroStep, { kind: 'owner' }>>) {
  const org = useOrg()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const people = (members.data ?? []).filter(({ endedAt }) => !endedAt)
  return (
    <Select
      label="Who"
      searchable
      allowDeselect={false}
      data={[
        { value: 'me', label: 'Whoever runs it' },
        { value: 'nobody', label: 'Nobody' },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={step.to ?? 'nobody'}
      onChange={(to) => change({ kind: 'owner', to: to === 'nobody' ? null : (to ?? 'me') })}
    />
  )
}

function Department({ step, change }: FieldProps<Extract<MacroStep, { kind: 'department' }>>) {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return (
    <Select
      label="Which"
      placeholder="None"
      clearable
      data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={step.departmentId}
      onChange={(departmentId) => change({ kind: 'department', departmentId })}
    />
  )
}

function Reply({ step, change }: FieldProps<Extract<MacroStep, { kind: 'reply' }>>) {
  const org = useOrg()
  const replies = useQuery(
    api.savedReplies.list.queryOptions({ input: { org: org.id, limit: 200 }, staleTime: 60_000 }),
  )
  return (
    <Select
      label="From"
      placeholder="Choose a saved reply"
      searchable
      allowDeselect={false}
      nothingFoundMessage="No saved reply of that title"
      data={(replies.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
      value={step.replyId || null}
      onChange={(replyId) => change({ kind: 'reply', replyId: replyId ?? '' })}
    />
  )
}
