// Makes an exercise of a conversation: its words without those who said them, to be read before it is kept.

import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Conversation } from '../inbox-words.ts'
import { ExerciseForm, emptyExercise } from './exercise-form.tsx'

export function TakeExercise({ conversation }: { conversation: Conversation }) {
  const may = useMay()
  const [asked, setAsked] = useState(false)
  // Everybody practises with exercises: nothing from behind a wall becomes one.
  if (!may('inbox.train') || conversation.department?.walled || conversation.messages === 0) return null
  return (
    <div>
      <Button variant="subtle" color="gray" size="compact-sm" ml={-8} onClick={() => setAsked(true)}>
        Make an exercise of it
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Make an exercise of it" size="lg">
        {asked && <Taking id={conversation.id} close={() => setAsked(false)} />}
      </Modal>
    </div>
  )
}

function Taking({ id, close }: { id: string; close: () => void }) {
  const org = useOrg()
  const place = { org: org.id, id }
  const found = useQuery(api.exercises.suggest.queryOptions({ input: place, gcTime: 0, retry: false }))
  if (!found.data)
    return found.error ? (
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
    ) : (
      <LoadingRows rows={3} />
    )
  return (
    <>
      <p className="lr-dimmed">
        Names, handles, addresses and long numbers are taken out. Read it all the same: what tells who it was does not
        belong here.
      </p>
      <ExerciseForm
        before={{ ...emptyExercise, words: found.data.words }}
        send={(facts) => client.exercises.take({ ...place, ...facts })}
        done={() => showDone('It is an exercise now, under Settings → Exercises')}
        close={close}
      />
    </>
  )
}
