// Writes an exercise: what somebody says, what you would do with it, and what a good answer does.

import { Select, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { type ExerciseFacts, exerciseKinds } from '../../drills/types.ts'
import type { Way } from '../../triage/types.ts'
import { kindWords, wayChoices } from './drill-words.ts'

interface Props {
  before: ExerciseFacts
  send: (facts: ExerciseFacts) => Promise<unknown>
  done?: () => void
  close: () => void
}

export const emptyExercise: ExerciseFacts = { kind: 'complaint', title: '', words: '', way: null, good: '' }

const kinds = exerciseKinds.map((value) => ({ value, label: kindWords[value] }))

export function ExerciseForm({ before, send, done, close }: Props) {
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { ...before, way: before.way as string | null },
    validate: ({ title, words, good }) => ({
      title: wants.text(title, 'A title'),
      words: wants.text(words, 'What somebody says'),
      good: wants.text(good, 'What a good answer does'),
    }),
    send: ({ way, ...facts }) => send({ ...facts, way: way as Way | null }),
    done: async () => {
      await refresh(queryClient, api.exercises)
      done?.()
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label="Exercise">
      <Select label="What it is" data={kinds} allowDeselect={false} {...form.field('kind')} />
      <TextInput
        label="Title"
        description="For those who judge; whoever answers sees it afterwards."
        maxLength={120}
        data-autofocus
        {...form.field('title')}
      />
      <Textarea
        label="What somebody says"
        description="As they would write it. No names of people who exist."
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4000}
        {...form.field('words')}
      />
      <Select
        label="What you would do with it"
        placeholder="Whoever judges decides"
        data={wayChoices}
        clearable
        {...form.field('way')}
      />
      <Textarea
        label="What a good answer does"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2000}
        {...form.field('good')}
      />
    </ServerForm>
  )
}
