// Who of us sent an answer and where its words come from; and taking it back where its network lets us.

import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Answer } from '../inbox-words.ts'
import { originWords } from './origin-words.ts'

export function SentFacts({ answer: { by, origin } }: { answer: Answer }) {
  return (
    <>
      {by && ` · by ${by.name}`}
      {origin && ` · ${originWords(origin)}`}
    </>
  )
}

export function TakeBack({ answer, conversationId }: { answer: Answer; conversationId: string }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  if (!may('inbox.answer') || !answer.may.includes('withdraw')) return null
  const ask = () =>
    confirm({
      title: 'Take this answer back?',
      body: 'It is deleted at the network. Whoever was answered may have read it already.',
      ...{ action: 'Take it back', danger: true },
      run: async () => {
        await client.answers.withdraw({ org: org.id, id: conversationId, answerId: answer.id })
        await refresh(queryClient, api.answers, api.conversations)
      },
    })
  return (
    <Button variant="subtle" color="gray" size="compact-sm" px={0} onClick={() => void ask()}>
      Take it back
    </Button>
  )
}
