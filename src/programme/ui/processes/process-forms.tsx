// Forms of processes: write one down, a new version, still true, end.

import { Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { addDays } from '../../../kit/time.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { ProcessStep } from '../../processes/types.ts'
import type { Process } from './processes-page.tsx'
import { StepsFields } from './steps-fields.tsx'

const halfYear = 182

/** Refreshes the list and closes the form. */
function useDone(close: () => void): () => Promise<void> {
  const queryClient = useQueryClient()
  return async () => {
    await refresh(queryClient, api.processes)
    close()
  }
}

interface Words extends Record<string, unknown> {
  purpose: string
  steps: ProcessStep[]
}

interface Keeping extends Record<string, unknown> {
  name: string
  ownerId: string | null
  deputyId: string | null
  reviewOn: string
}

const needs = {
  words: ({ purpose, steps }: Words) => ({
    purpose: wants.text(purpose, 'What it is for'),
    steps: steps.some(({ what, role }) => !what.trim() || !role.trim())
      ? 'Each step needs what is done, and whose part it is.'
      : null,
  }),
  keeping: ({ name, ownerId, reviewOn }: Keeping) => ({
    name: wants.text(name, 'A name'),
    ownerId: ownerId ? null : 'Who answers for it?',
    reviewOn: wants.text(reviewOn, 'A day'),
  }),
}

export function DocumentForm({ today, close }: { today: string; close: () => void }) {
  const org = useOrg()
  const done = useDone(close)
  const form = useServerForm<Words & Keeping, unknown>({
    initialValues: {
      ...{ name: '', ownerId: null, deputyId: null, reviewOn: addDays(today, halfYear), purpose: '' },
      steps: [{ what: '', role: '', within: '' }],
    },
    validate: (values) => ({ ...needs.words(values), ...needs.keeping(values) }),
    send: ({ ownerId, ...values }) => client.processes.document({ org: org.id, ownerId: ownerId!, ...values }),
    done,
  })
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="Process">
      <TextInput label="Name" placeholder="The morning round" data-autofocus {...form.field('name')} />
      <Textarea label="What it is for" autosize minRows={2} {...form.field('purpose')} />
      <StepsFields
        steps={form.values.values.steps}
        set={(steps) => form.values.setFieldValue('steps', steps)}
        error={form.field('steps').error}
      />
      <Owners values={form.values.values} set={(name, id) => form.values.setFieldValue(name, id)} field={form.field} />
      <TextInput type="date" label="Look at it again on" {...form.field('reviewOn')} />
    </ServerForm>
  )
}

interface OwnersProps {
  values: Keeping
  set: (name: 'ownerId' | 'deputyId', id: string | null) => void
  field: (name: 'ownerId' | 'deputyId') => object
}

function Owners({ values, set, field }: OwnersProps) {
  return (
    <>
      <PersonSelect
        label="Who answers for it"
        {...field('ownerId')}
        value={values.ownerId}
        onChange={(id) => set('ownerId', id)}
      />
      <PersonSelect
        label="Who does when they are away"
        placeholder="Nobody yet"
        {...field('deputyId')}
        value={values.deputyId}
        onChange={(id) => set('deputyId', id)}
      />
    </>
  )
}

interface FormProps {
  process: Process
  today: string
  close: () => void
}

export function ReviseForm({ process, today, close }: FormProps) {
  const org = useOrg()
  const done = useDone(close)
  const form = useServerForm<Words & { why: string; reviewOn: string }, unknown>({
    initialValues: {
      ...{ purpose: process.purpose, steps: process.steps, why: '' },
      reviewOn: addDays(today, halfYear),
    },
    validate: (values) => ({ ...needs.words(values), why: wants.sentence(values.why) }),
    send: (values) => client.processes.revise({ org: org.id, id: process.id, after: process.version, ...values }),
    done,
  })
  return (
    <ServerForm form={form} submit="Put it in force" close={close} label="New version">
      <Textarea label="What it is for" autosize minRows={2} {...form.field('purpose')} />
      <StepsFields
        steps={form.values.values.steps}
        set={(steps) => form.values.setFieldValue('steps', steps)}
        error={form.field('steps').error}
      />
      <ReasonField description="Everybody is asked to read it again. Earlier versions stay." {...form.field('why')} />
      <TextInput type="date" label="Look at it again on" {...form.field('reviewOn')} />
    </ServerForm>
  )
}

export function KeepForm({ process, today, close }: FormProps) {
  const org = useOrg()
  const done = useDone(close)
  const form = useServerForm<Keeping, unknown>({
    initialValues: {
      ...{ name: process.name, ownerId: process.owner.id, deputyId: process.deputy?.id ?? null },
      reviewOn: addDays(today, halfYear),
    },
    validate: needs.keeping,
    send: ({ ownerId, ...values }) =>
      client.processes.keep({ org: org.id, id: process.id, ownerId: ownerId!, ...values }),
    done,
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label="Still true">
      <TextInput label="Name" {...form.field('name')} />
      <Owners values={form.values.values} set={(name, id) => form.values.setFieldValue(name, id)} field={form.field} />
      <TextInput type="date" label="Look at it again on" data-autofocus {...form.field('reviewOn')} />
    </ServerForm>
  )
}

export function EndProcessForm({ process, close }: Omit<FormProps, 'today'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const done = useDone(close)
  const input = { org: org.id, id: process.id }
  const form = useServerForm({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) => client.processes.end({ ...input, reason }),
    done: async () => {
      await done()
      showUndo(`“${process.name}” has ended`, async () => {
        await client.processes.resume(input)
        await refresh(queryClient, api.processes)
      })
    },
  })
  return (
    <ServerForm form={form} submit="End the process" close={close} label="End the process">
      <ReasonField data-autofocus {...form.field('reason')} />
    </ServerForm>
  )
}
