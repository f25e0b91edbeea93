// Writes a topic: name and kind, form and query side by side, and below them what it would bring.

import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useMay } from '../../../kit/viewer.tsx'
import type { TopicForm } from '../../topics/language/form/types.ts'
import { readQuery } from '../../topics/language/rules.ts'
import { type StarterFacts, starterForm } from '../../topics/language/starters/rules.ts'
import { type TopicKind, topicKinds } from '../../topics/types.ts'
import { QueryField } from './query-field.tsx'
import { TopicFormFields } from './topic-form-fields.tsx'
import { kindWords } from './topic-words.ts'
import type { Topic } from './topics-page.tsx'
import { TryPanel } from './try-panel.tsx'
import { type TopicDraft, useTopicDraft } from './use-topic-draft.ts'

interface Facts {
  name: string
  kind: TopicKind
  query: string
  form: TopicForm | null
  note: string
}

interface Props {
  initial: Omit<Facts, 'note'>
  isNew?: boolean
  save: (facts: Facts) => Promise<Topic>
  saved: (topic: Topic) => Promise<void>
}

export function TopicEditor({ initial, isNew = false, save, saved }: Props) {
  const may = useMay()
  const queryClient = useQueryClient()
  const draft = useTopicDraft(initial)
  const form = useServerForm({
    initialValues: { name: initial.name, kind: initial.kind, query: '', note: '' },
    validate: ({ name }) => ({
      name: wants.text(name, 'A name'),
      query: draft.reading.ok ? null : 'This cannot be looked for yet.',
    }),
    send: ({ name, kind, note }) => save({ name, kind, note, query: draft.text, form: draft.form }),
    done: async (topic) => {
      await refresh(queryClient, api.topics)
      await saved(topic)
    },
  })
  const { name, kind } = form.values.values
  const [tried] = useDebouncedValue(draft.normal, 500)
  const refused = form.values.errors.query
  const fields = (
    <>
      {isNew ? <Starter form={form} draft={draft} /> : <NameAndKind form={form} />}
      <div className="li-sides">
        {draft.form ? (
          <TopicFormFields kind={kind} form={draft.form} change={draft.setForm} />
        ) : (
          <p className="lr-dimmed">
            This query says more than the form can show. Simplify it to come back to the form, or go on in the text.
          </p>
        )}
        <QueryField draft={draft} error={refused && draft.text.trim() === '' ? String(refused) : undefined} />
      </div>
      {!isNew && draft.normal !== initial.query && draft.normal !== null && (
        <TextInput label="Why" description="Kept with this version." {...form.field('note')} />
      )}
    </>
  )
  return (
    <>
      {may('listening.change') ? (
        <ServerForm form={form} submit={isNew ? 'Listen for it' : 'Save'} label={name || 'Topic'}>
          {fields}
        </ServerForm>
      ) : (
        <fieldset disabled className="li-form" style={{ border: 0, padding: 0, margin: 0 }}>
          {fields}
        </fieldset>
      )}
      <Tried text={tried} draft={draft} />
    </>
  )
}

/** Tries what was written when typing paused, in the words of that moment. */
function Tried({ text, draft }: { text: string | null; draft: TopicDraft }) {
  const reading = text === null ? null : readQuery(text)
  return reading?.ok && text !== null ? <TryPanel query={reading.query} text={text} change={draft.setText} /> : null
}

type Form = ReturnType<typeof useServerForm<{ name: string; kind: TopicKind; query: string; note: string }, Topic>>

function NameAndKind({
  form,
  changed,
}: {
  form: Form
  changed?: (facts: { name?: string; kind?: TopicKind }) => void
}) {
  const { kind } = form.values.values
  const name = form.field('name')
  return (
    <div className="li-sides">
      <TextInput
        label="Name"
        {...name}
        onChange={(event) => {
          name.onChange(event)
          changed?.({ name: event.currentTarget.value })
        }}
      />
      <Select
        label="Kind"
        description={kindWords[kind].help}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={topicKinds.map((value) => ({ value, label: kindWords[value].label }))}
        {...form.field('kind')}
        onChange={(next) => {
          if (!next) return
          form.values.setFieldValue('kind', next as TopicKind)
          changed?.({ kind: next as TopicKind })
        }}
      />
    </div>
  )
}

/** Fills the form in while name, address and handle are typed, until somebody changes the form or the query by hand. */
function Starter({ form, draft }: { form: Form; draft: TopicDraft }) {
  const [facts, setFacts] = useState<StarterFacts>({ name: '' })
  const [filled, setFilled] = useState('')
  const { kind } = form.values.values
  const fill = (part: Partial<StarterFacts>, next: TopicKind = kind) => {
    const all = { ...facts, ...part }
    setFacts(all)
    // What a person has written since is theirs.
    if (draft.form && JSON.stringify(draft.form) !== filled && draft.text !== '') return
    const begun = starterForm(next, all)
    setFilled(JSON.stringify(begun))
    draft.setForm(begun)
  }
  return (
    <>
      <NameAndKind form={form} changed={({ name, kind: next }) => fill(name === undefined ? {} : { name }, next)} />
      <div className="li-sides">
        {kind === 'product' && (
          <TextInput
            label="Brand"
            description="Where the product's name is an everyday word, the brand tells it apart."
            value={facts.brand ?? ''}
            onChange={(event) => fill({ brand: event.currentTarget.value })}
          />
        )}
        {kind !== 'industry' && kind !== 'product' && (
          <TextInput
            label="Web address"
            description="Posts that link there count, too."
            placeholder="example.org"
            value={facts.site ?? ''}
            onChange={(event) => fill({ site: event.currentTarget.value })}
          />
        )}
        {kind !== 'industry' && (
          <TextInput
            label="Name on networks"
            placeholder="@name"
            value={facts.handle ?? ''}
            onChange={(event) => fill({ handle: event.currentTarget.value })}
          />
        )}
      </div>
    </>
  )
}
