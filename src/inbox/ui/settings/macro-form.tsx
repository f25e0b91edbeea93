// Makes a macro: a name, and steps in the order in which they are done.

import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type MacroStep, stepKinds } from '../../macros/types.ts'
import { MacroStepField } from './macro-step-field.tsx'
import type { Macro } from './macros-page.tsx'
import './settings.css'

const kindWords: Record<MacroStep['kind'], string> = {
  owner: 'Who answers',
  department: 'Department',
  priority: 'Priority',
  tags: 'Tags',
  reply: 'Begin an answer',
  note: 'Write a note',
  snooze: 'Put it off',
  close: 'Close it',
}

/** A step as it begins; a saved reply has to be chosen. */
const begins: Record<MacroStep['kind'], MacroStep> = {
  owner: { kind: 'owner', to: 'me' },
  department: { kind: 'department', departmentId: null },
  priority: { kind: 'priority', priority: 'high' },
  tags: { kind: 'tags', tags: [] },
  reply: { kind: 'reply', replyId: '' },
  note: { kind: 'note', note: '' },
  snooze: { kind: 'snooze', hours: 24 },
  close: { kind: 'close', reason: 'answered' },
}

const isIncomplete = (step: MacroStep): boolean =>
  (step.kind === 'reply' && !step.replyId) ||
  (step.kind === 'note' && !step.note.trim()) ||
  (step.kind === 'tags' && step.tags.length === 0)

const mostSteps = 12

export function MacroForm({ macro, close }: { macro: Macro | null; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { name: macro?.name ?? '', steps: macro?.steps ?? [begins.owner] },
    validate: ({ name, steps }) => ({
      name: wants.text(name, 'A name'),
      steps: steps.some(isIncomplete) ? 'A step is not complete.' : null,
    }),
    send: (values) =>
      macro
        ? client.macros.change({ org: org.id, id: macro.id, ...values })
        : client.macros.add({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.macros)
      close()
    },
  })
  const { steps } = form.values.values
  const set = (next: MacroStep[]) => form.values.setFieldValue('steps', next)
  const { error } = form.field('steps')
  return (
    <ServerForm form={form} submit={macro ? 'Save' : 'Make it'} label="Macro" close={close}>
      <TextInput label="Name" maxLength={120} data-autofocus {...form.field('name')} />
      <ol className="is-steps" aria-label="Steps">
        {steps.map((step, at) => (
          <li key={at}>
            <Select
              label={`Step ${at + 1}`}
              allowDeselect={false}
              data={stepKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
              value={step.kind}
              onChange={(kind) => kind && set(steps.with(at, begins[kind as MacroStep['kind']]))}
            />
            <MacroStepField step={step} change={(next) => set(steps.with(at, next))} />
            <StepMoves at={at} steps={steps} set={set} />
          </li>
        ))}
      </ol>
      {error && (
        <p className="ib-wrong" role="alert">
          {error}
        </p>
      )}
      <Button
        variant="default"
        w="fit-content"
        disabled={steps.length >= mostSteps}
        onClick={() => set([...steps, begins.note])}
      >
        Add a step
      </Button>
    </ServerForm>
  )
}

function StepMoves({ at, steps, set }: { at: number; steps: MacroStep[]; set: (steps: MacroStep[]) => void }) {
  const swap = (other: number) => set(steps.with(at, steps[other]!).with(other, steps[at]!))
  return (
    <span className="is-step-moves">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Step ${at + 1} earlier`}
        disabled={at === 0}
        onClick={() => swap(at - 1)}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Step ${at + 1} later`}
        disabled={at === steps.length - 1}
        onClick={() => swap(at + 1)}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Take step ${at + 1} out`}
        disabled={steps.length === 1}
        onClick={() => set(steps.toSpliced(at, 1))}
      >
        <IconX size={16} />
      </ActionIcon>
    </span>
  )
}
