// Sets a goal. What it lacks is said while it is written, and what its measure is today is offered.

import { Button, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { addDays } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { type GoalField, judgeGoal } from '../../goals/rules.ts'
import { type GoalDraft, type Measure, measures } from '../../goals/types.ts'
import { findingWords, measureWords, numberText } from '../programme-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  opened: boolean
  close: () => void
  today: string
}

export function GoalDialog({ opened, close, today }: Props) {
  return (
    <Modal opened={opened} onClose={close} title="Set a goal">
      <GoalForm close={close} today={today} />
    </Modal>
  )
}

interface Values extends Record<string, unknown> {
  title: string
  measure: Measure | null
  unit: string
  baseline: number | string
  target: number | string
  dueOn: string
  ownerId: string | null
}

const draftOf = ({ title, measure, unit, baseline, target, dueOn }: Values): GoalDraft => ({
  ...{ title: title.trim(), measure, unit: unit.trim(), dueOn: dueOn || null },
  baseline: typeof baseline === 'number' ? baseline : null,
  target: typeof target === 'number' ? target : null,
})

function GoalForm({ close, today }: Omit<Props, 'opened'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: {
      ...{ title: '', measure: null, unit: '', baseline: '', target: '', dueOn: addDays(today, 182), ownerId: null },
    },
    // By the rules of the server, so that nobody sends what it would refuse.
    validate: (values) =>
      Object.fromEntries(
        judgeGoal(draftOf(values), today)
          .filter(({ refused }) => refused)
          .map(({ field, code, params }) => [field, findingWords(code, params)]),
      ),
    send: (values) => client.goals.set({ org: org.id, ...draftOf(values), ownerId: values.ownerId }),
    done: async () => {
      await refresh(queryClient, api.goals)
      close()
    },
  })
  const { values } = form.values
  const told = judgeGoal(draftOf(values), today).filter(({ refused }) => !refused)
  const help = (field: GoalField) =>
    told.flatMap((each) => (each.field === field ? [findingWords(each.code, each.params)] : []))[0]
  return (
    <ServerForm form={form} submit="Set the goal" close={close} label="Goal">
      <TextInput label="Name" placeholder="Twice as many visits by summer" data-autofocus {...form.field('title')} />
      <Select
        label="Measured by"
        placeholder="Choose"
        description={values.measure ? measureWords[values.measure].means : undefined}
        data={measures.map((value) => ({ value, label: measureWords[value].label }))}
        {...form.field('measure')}
      />
      {values.measure === 'own' && (
        <TextInput label="What is counted" placeholder="leads a month" {...form.field('unit')} />
      )}
      {values.measure && values.measure !== 'own' && (
        <Today measure={values.measure} take={(value) => form.values.setFieldValue('baseline', value)} />
      )}
      <Group grow align="flex-start">
        <NumberInput label="Today" description={help('baseline')} {...form.field('baseline')} />
        <NumberInput label="Shall be" description={help('target')} {...form.field('target')} />
      </Group>
      <TextInput type="date" label="By" description={help('dueOn')} {...form.field('dueOn')} />
      <PersonSelect
        label="Who answers for it"
        placeholder="Nobody yet"
        {...form.field('ownerId')}
        value={values.ownerId}
        onChange={(next) => form.values.setFieldValue('ownerId', next)}
      />
    </ServerForm>
  )
}

function Today({ measure, take }: { measure: Measure; take: (value: number) => void }) {
  const org = useOrg()
  const input = { org: org.id, measure }
  const found = useQuery(api.goals.judge.queryOptions({ input }))
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />
  const value = found.data?.today
  if (value === undefined) return null
  if (value === null) return <p className="lr-dimmed">Nothing could be measured yet: write down what you know.</p>
  const rounded = Math.round(value * 10) / 10
  return (
    <Group gap="xs">
      <span className="lr-dimmed">
        It is {numberText(rounded)} {measureWords[measure].unit} now.
      </span>
      <Button variant="default" size="xs" onClick={() => take(rounded)}>
        Take this
      </Button>
    </Group>
  )
}
