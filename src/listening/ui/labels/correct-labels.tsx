// “That is not right”: says how a mention is to be understood, shows who said so before, and offers to undo.

import { Button, Modal, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { labelTitles, optionsOf, valueWord } from './label-words.ts'
import './labels.css'

type Mention = Output<typeof client.mentions.read>
type Changes = Omit<Parameters<typeof client.labels.correct>[0], 'org' | 'id'>

interface CorrectLabelsProps {
  mention: Mention
  /** Gets the mention as it is understood now. */
  corrected: (mention: Mention) => void
}

export function CorrectLabels({ mention, corrected }: CorrectLabelsProps) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('listening.answer')) return null
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setOpen(true)}>
        That is not right
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="How is it meant?">
        <CorrectForm mention={mention} corrected={corrected} close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

interface Fields {
  sentiment: string
  emotion: string
  intent: string
  crisis: boolean
  language: string
}

const fieldsOf = ({ sentiment, emotion, intent, crisis, language }: Mention): Fields => ({
  sentiment: sentiment === null ? '' : String(sentiment),
  emotion: emotion ?? 'none',
  intent: intent ?? 'none',
  crisis: (crisis ?? 0) >= 50,
  language,
})

/** Only what somebody changed is said. */
function changesOf(before: Fields, after: Fields): Changes {
  const changed = Object.entries(after).filter(([name, value]) => before[name as keyof Fields] !== value)
  const changes = Object.fromEntries(changed)
  if (typeof changes.sentiment === 'string') return { ...changes, sentiment: Number(changes.sentiment) as -1 | 0 | 1 }
  return changes as Changes
}

function CorrectForm({ mention, corrected, close }: CorrectLabelsProps & { close(): void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const before = fieldsOf(mention)
  const [fields, setFields] = useState(before)
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change })
  const changes = changesOf(before, fields)
  const again = () => refresh(queryClient, api.mentions, api.labels)
  const save = useMutation({
    mutationFn: () => client.labels.correct({ org: org.id, id: mention.id, ...changes }),
    onSuccess: async ({ mention: next, corrections }) => {
      corrected(next)
      close()
      showUndo('It is understood your way now', async () => {
        corrected(await client.labels.undo({ org: org.id, id: mention.id, corrections }))
        await again()
      })
      await again()
    },
    onError: (error) => showProblem(error),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <fieldset className="lb-field">
          <legend>{labelTitles.sentiment}</legend>
          <SegmentedControl
            fullWidth
            value={fields.sentiment}
            onChange={(sentiment) => set({ sentiment })}
            data={optionsOf('sentiment')}
          />
        </fieldset>
        <Select
          label={labelTitles.intent}
          allowDeselect={false}
          data={optionsOf('intent')}
          value={fields.intent}
          onChange={(intent) => set({ intent: intent ?? 'none' })}
        />
        <Select
          label={labelTitles.emotion}
          allowDeselect={false}
          data={optionsOf('emotion')}
          value={fields.emotion}
          onChange={(emotion) => set({ emotion: emotion ?? 'none' })}
        />
        <TextInput
          label={labelTitles.language}
          description={`${valueWord('language', fields.language)}. A code such as en, de or es.`}
          value={fields.language}
          onChange={(event) => set({ language: event.currentTarget.value.trim() })}
        />
        <Switch
          label={labelTitles.crisis}
          checked={fields.crisis}
          onChange={(event) => set({ crisis: event.currentTarget.checked })}
        />
        <SaidBefore mention={mention} />
        <DialogActions
          close={close}
          action="Set it right"
          working={save.isPending}
          disabled={Object.keys(changes).length === 0}
        />
      </Stack>
    </form>
  )
}

function SaidBefore({ mention }: { mention: Mention }) {
  const org = useOrg()
  const history = useQuery(
    api.labels.history.queryOptions({
      input: { org: org.id, id: mention.id },
      enabled: mention.labelledAt !== null,
    }),
  )
  if (!history.data || history.data.length === 0) return null
  return (
    <ul className="lb-history" aria-label="Who said what of it">
      {history.data.map(({ id, label, before, after, by, at, undoneAt }) => (
        <li key={id} data-undone={undoneAt !== null || undefined}>
          {by.name || 'Somebody'}: {labelTitles[label].toLowerCase()} {valueWord(label, before)} →{' '}
          {valueWord(label, after)}, <TimeText at={at} relative />
          {undoneAt && ' (undone)'}
        </li>
      ))}
    </ul>
  )
}
