// Adds a competency, or says anew what one means and what its gates ask for.

import { ActionIcon, Button, Group, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { client } from '../../../kit/api.ts'
import { ServerForm, type ServerFormState, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Gate, type GateMeasure, gateMeasures } from '../../competencies/types.ts'
import { activityOptions } from '../activity-words.ts'
import { gateWords } from './gate-words.ts'
import type { Ladder, Rung } from './ladder-page.tsx'
import { useLadder } from './use-ladder.ts'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  opened: boolean
  close: () => void
  /** null: a new one. */
  rung: Rung | null
}

export function CompetencyDialog({ opened, close, rung }: Props) {
  const title = rung ? `Change “${rung.name}”` : 'Add a competency'
  return (
    <Modal opened={opened} onClose={close} title={title} size="lg">
      <CompetencyForm rung={rung} close={close} />
    </Modal>
  )
}

interface Values extends Record<string, unknown> {
  name: string
  means: string
  reason: string
  gates: { measure: GateMeasure; bound: number | string; activity: string | null }[]
}

const firstGate: Values['gates'][number] = { measure: 'observed', bound: 1, activity: null }

const gatesOf = ({ gates }: Values): Gate[] =>
  gates.map(({ measure, bound, activity }) => ({
    ...{ measure, bound: Number(bound) },
    activity: measure === 'time-spread' ? (activity ?? 'short-post') : null,
  }))

function CompetencyForm({ rung, close }: Omit<Props, 'opened'>) {
  const { id: org } = useOrg()
  const { show } = useLadder()
  const form = useServerForm<Values, Ladder>({
    initialValues: {
      ...{ name: rung?.name ?? '', means: rung?.means ?? '', reason: '' },
      gates: rung ? rung.gates.map((gate) => ({ ...gate, activity: gate.activity ?? null })) : [firstGate],
    },
    validate: ({ name, means, reason }) => ({
      name: wants.text(name, 'A name'),
      means: wants.text(means, 'What somebody can do who has it'),
      reason: rung ? wants.sentence(reason) : null,
    }),
    send: (values) => {
      const facts = { org, name: values.name, means: values.means, gates: gatesOf(values) }
      return rung
        ? client.competencies.change({ ...facts, id: rung.id, reason: values.reason })
        : client.competencies.add(facts)
    },
    done: async (ladder) => {
      close()
      await show(ladder)
    },
  })
  return (
    <ServerForm form={form} submit={rung ? 'Save' : 'Add it'} close={close} label="Competency">
      <TextInput label="Name" placeholder="Podcast" maxLength={120} data-autofocus {...form.field('name')} />
      <Textarea
        label="What it means"
        description="What somebody can do who has it."
        autosize
        minRows={2}
        maxLength={1000}
        {...form.field('means')}
      />
      <GatesFields form={form} />
      {rung && (
        <ReasonField
          description="What opened gates stays as it was read; a gate that asks for more may be shut again."
          {...form.field('reason')}
        />
      )}
    </ServerForm>
  )
}

function GatesFields({ form }: { form: ServerFormState<Values> }) {
  const { gates } = form.values.values
  const set = (index: number, change: Partial<Values['gates'][number]>) =>
    form.values.setFieldValue(`gates.${index}`, { ...gates[index]!, ...change })
  const free = gateMeasures.find((measure) => !gates.some((gate) => gate.measure === measure))
  return (
    <fieldset className="plan-question">
      <legend>Gates: what must be shown</legend>
      {gates.map((gate, index) => (
        <Group
          key={`${index}-${gate.measure}`}
          gap="xs"
          align="flex-start"
          mb="xs"
          role="group"
          aria-label={gateWords[gate.measure].label}
        >
          <Select
            aria-label="What is read"
            w={230}
            allowDeselect={false}
            data={gateMeasures.map((value) => ({ value, label: gateWords[value].label }))}
            value={gate.measure}
            onChange={(value) => value && set(index, { measure: value as GateMeasure })}
            error={form.field(`gates.${index}.measure`).error}
          />
          <NumberInput
            aria-label={`How much, in ${gateWords[gate.measure].unit}`}
            w={110}
            min={1}
            value={gate.bound}
            onChange={(bound) => set(index, { bound })}
            error={form.field(`gates.${index}.bound`).error}
          />
          {gate.measure === 'time-spread' && (
            <Select
              aria-label="Whose times"
              w={180}
              allowDeselect={false}
              data={activityOptions()}
              value={gate.activity ?? 'short-post'}
              onChange={(activity) => set(index, { activity })}
            />
          )}
          {gates.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={`Leave out: ${gateWords[gate.measure].label}`}
              onClick={() => form.values.removeListItem('gates', index)}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
          <span className="lr-dimmed ld-unit">{gateWords[gate.measure].means}</span>
        </Group>
      ))}
      {free && gates.length < 10 && (
        <Button
          variant="default"
          size="xs"
          onClick={() => form.values.insertListItem('gates', { measure: free, bound: 1, activity: null })}
        >
          Add a gate
        </Button>
      )}
    </fieldset>
  )
}
