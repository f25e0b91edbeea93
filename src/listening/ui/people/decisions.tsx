// What was decided about somebody, by whom and why, and the next step with what it takes.

import { Button, Checkbox, Group, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { type Speaker, type SpeakerState, stateWords } from './people-words.ts'

export function Decisions({ author }: { author: Speaker }) {
  const may = useMay()
  const [to, setTo] = useState<SpeakerState | null>(null)
  const { state, channel, approacher, next, moves, objectedAt } = author
  return (
    <section className="lr-panel pe-box" aria-label="What was decided">
      <h2>What was decided</h2>
      <p>{objectedAt ? 'They asked not to be stored. It holds for good.' : state && stateWords[state].means}</p>
      {channel && (
        <p>
          Approached {channel}
          {approacher && `, by ${approacher.name}`}
        </p>
      )}
      {may('listening.approach') && to === null && (
        <Group gap="xs">
          {next.map((each) => (
            <Button
              key={each}
              size="compact-sm"
              variant={each === 'do-not-contact' ? 'subtle' : 'default'}
              color={each === 'do-not-contact' ? 'crimson' : undefined}
              onClick={() => setTo(each)}
            >
              {stateWords[each].step}
            </Button>
          ))}
        </Group>
      )}
      {to !== null && <Step author={author} to={to} close={() => setTo(null)} />}
      {moves.length > 0 && (
        <ol className="pe-moves" aria-label="Steps so far">
          {moves.map((move) => (
            <li key={move.id}>
              {stateWords[move.to].label}
              {move.note && `: ${move.note}`}
              <small>
                {move.by.name}, <TimeText at={move.at} relative />
              </small>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Step({ author, to, close }: { author: Speaker; to: SpeakerState; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const asks = to === 'checked' && author.state !== 'approach-decided'
  const form = useServerForm({
    initialValues: {
      ...{ real: false, relevant: false, safe: false, channel: '', note: '' },
      approacherId: null as string | null,
    },
    validate: ({ note }) => ({ note: to === 'do-not-contact' && !note.trim() ? 'Say why.' : null }),
    send: ({ real, relevant, safe, channel, approacherId, note }) =>
      client.speakers.move({
        ...{ org: org.id, id: author.id, to, note, approacherId, channel: channel || null },
        ...(asks ? { real, relevant, safe } : {}),
        reason: to === 'do-not-contact' ? 'ours' : author.state === 'do-not-contact' ? 'theirs' : null,
      }),
    done: async () => {
      await refresh(queryClient, api.speakers)
      close()
    },
  })
  return (
    <ServerForm form={form} submit={stateWords[to].step} label={stateWords[to].step} close={close}>
      {asks && (
        <>
          <Checkbox label="A real person, no machine" {...form.field('real', { type: 'checkbox' })} />
          <Checkbox label="Speaks about us or our field" {...form.field('relevant', { type: 'checkbox' })} />
          <Checkbox
            label="An approach risks nothing, for them or for us"
            {...form.field('safe', { type: 'checkbox' })}
          />
        </>
      )}
      {to === 'approach-decided' && (
        <>
          <TextInput label="Where" placeholder="In public reply, by mail, at the meetup" {...form.field('channel')} />
          <PersonSelect
            label="Who of us"
            {...form.field('approacherId')}
            value={form.values.getValues().approacherId}
          />
        </>
      )}
      <Textarea label={to === 'do-not-contact' ? 'Why' : 'Note'} autosize minRows={2} {...form.field('note')} />
    </ServerForm>
  )
}
