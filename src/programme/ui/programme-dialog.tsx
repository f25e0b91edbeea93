// Begins a programme, or says anew what it is.

import { Modal, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { dayText } from '../../kit/time.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { nextMonday } from '../rules.ts'
import { type Ambition, ambitions, type ProgrammeFacts } from '../types.ts'
import { Meanwhile, sendUnlessOutrun } from './meanwhile.tsx'
import { costText, type Template } from './plan/template-choice.tsx'
import type { Programme } from './programme-page.tsx'
import { ambitionWords } from './programme-words.ts'
import { refreshProgramme } from './refresh-programme.ts'

interface Props {
  opened: boolean
  close: () => void
  /** null: a new one. */
  programme: Programme | null
  today: string
}

export function ProgrammeDialog({ opened, close, programme, today }: Props) {
  return (
    <Modal opened={opened} onClose={close} title={programme ? 'Change the programme' : 'Begin a programme'}>
      <ProgrammeForm close={close} programme={programme} today={today} />
    </Modal>
  )
}

interface Values extends Record<string, unknown> {
  /** An id; empty: the plan is made later. */
  template: string
  name: string
  ambition: Ambition
  beginsOn: string
}

const valuesOf = (programme: Programme | null, { name, today }: { name: string; today: string }): Values => ({
  template: '',
  name: programme?.name ?? name,
  ambition: programme?.ambition ?? 'succeed',
  beginsOn: programme?.beginsOn ?? nextMonday(today),
})

const factsOf = ({ name, ambition, beginsOn }: Values): ProgrammeFacts => ({ name, ambition, beginsOn })

function ProgrammeForm({ close, programme, today }: Omit<Props, 'opened'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  // As it was when the dialog opened: what somebody changes meanwhile must not be overwritten unseen.
  const [taken, setTaken] = useState(programme)
  const [wasOutrun, setOutrun] = useState(false)
  const again = () => refreshProgramme(queryClient)
  const templates = useQuery(api.templates.list.queryOptions({ input: { org: org.id }, enabled: programme === null }))
  const chosen = (id: string) => templates.data?.find((each) => each.id === id) ?? null
  const begin = async (values: Values): Promise<unknown> => {
    const begun = await client.programme.begin({ org: org.id, ...factsOf(values) })
    const template = chosen(values.template)
    const reason = `Begun with the template “${template?.name}”.`
    if (template) await client.plan.adopt({ org: org.id, lines: template.lines, reason, after: null })
    return begun
  }
  const form = useServerForm<Values, unknown>({
    initialValues: valuesOf(programme, { name: `${org.name}: the long run`, today }),
    validate: ({ name, beginsOn }) => ({
      name: wants.text(name, 'A name'),
      beginsOn: wants.text(beginsOn, 'A Monday'),
    }),
    send: (values) =>
      sendUnlessOutrun(
        () =>
          taken
            ? client.programme.change({ org: org.id, id: taken.id, version: taken.version, ...factsOf(values) })
            : begin(values),
        again,
      ),
    done: async (sent) => {
      if (!sent) return setOutrun(true)
      await again()
      close()
    },
  })
  const goOn = () => {
    setTaken(programme)
    setOutrun(false)
  }
  if (wasOutrun && programme)
    return (
      <Meanwhile
        code="programme-outrun"
        theirs={
          <p>
            <strong>{programme.name}</strong>: {ambitionWords[programme.ambition].label}, from{' '}
            {dayText(programme.beginsOn)}
          </p>
        }
        take={close}
        keep={goOn}
      />
    )
  const ambition = form.field('ambition')
  return (
    <ServerForm form={form} submit={programme ? 'Save' : 'Begin'} close={close} label="Programme">
      <TextInput label="Name" data-autofocus {...form.field('name')} />
      <Radio.Group label="What do you want?" {...ambition}>
        <Stack gap="xs" mt={4}>
          {ambitions.map((value) => (
            <Radio
              key={value}
              value={value}
              label={ambitionWords[value].label}
              description={ambitionWords[value].means}
            />
          ))}
        </Stack>
      </Radio.Group>
      {programme === null && templates.data && (
        <TemplateSelect
          templates={templates.data}
          value={form.values.values.template}
          choose={(template) => {
            form.values.setFieldValue('template', template?.id ?? '')
            if (template) form.values.setFieldValue('ambition', template.ambition)
          }}
        />
      )}
      <TextInput
        type="date"
        label="First week begins on"
        description="A Monday. The weeks before a race are for training: do not begin on the day of a launch."
        {...form.field('beginsOn')}
      />
    </ServerForm>
  )
}

interface TemplateProps {
  templates: Template[]
  value: string
  choose: (template: Template | null) => void
}

/** For whom it is and what it costs stands below it, before anybody begins. */
function TemplateSelect({ templates, value, choose }: TemplateProps) {
  const chosen = templates.find(({ id }) => id === value)
  return (
    <Select
      label="Plan to begin with"
      description={
        chosen ? `${chosen.forWhom} ${costText(chosen)}` : 'It can be changed at any time, or be made later.'
      }
      placeholder="None yet"
      clearable
      data={templates.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      onChange={(id) => choose(templates.find((each) => each.id === id) ?? null)}
    />
  )
}
