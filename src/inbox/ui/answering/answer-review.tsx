// Consent to an answer of somebody who is new: as it is, in better words, or back to its writer with a reason.

import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Answer } from '../inbox-words.ts'

export function AnswerReview({ answer, conversationId }: { answer: Answer; conversationId: string }) {
  const org = useOrg()
  const [asking, setAsking] = useState<'edit' | 'back' | null>(null)
  const place = { org: org.id, id: conversationId, answerId: answer.id }
  const approve = useDone(() => client.answerApprovals.approve({ ...place, revision: answer.revision }))
  return (
    <Group gap="xs">
      <Button size="compact-sm" loading={approve.isPending} onClick={() => approve.mutate('')}>
        Approve
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setAsking('edit')}>
        Edit and approve
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setAsking('back')}>
        Send back
      </Button>
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'back' ? 'Send it back' : 'Edit and approve'}
      >
        {asking === 'edit' && (
          <Words
            label="Answer"
            description="It goes out in these words as soon as you approve."
            begin={answer.text}
            action="Approve and send"
            close={() => setAsking(null)}
            send={(text) => client.answerApprovals.approve({ ...place, revision: answer.revision, text })}
          />
        )}
        {asking === 'back' && (
          <Words
            label="What should be different"
            description={`${answer.by?.name ?? 'Its writer'} reads this and has the words again.`}
            begin=""
            action="Send back"
            close={() => setAsking(null)}
            send={(note) => client.answerApprovals.sendBack({ ...place, note })}
          />
        )}
      </Modal>
    </Group>
  )
}

/** What waits stands in the conversation and in the list of all that waits. */
function useDone(work: (words: string) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useAct(api.answerApprovals, async (words: string) => {
    await work(words)
    await refresh(queryClient, api.answers, api.conversations)
  })
}

interface WordsProps {
  label: string
  description: string
  begin: string
  action: string
  close: () => void
  send: (words: string) => Promise<unknown>
}

function Words({ label, description, begin, action, close, send }: WordsProps) {
  const [words, setWords] = useState(begin)
  const act = useDone(send)
  return (
    <Stack gap="md">
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={3}
        maxRows={14}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <DialogActions
        close={close}
        action={action}
        working={act.isPending}
        disabled={words.trim() === ''}
        run={() => act.mutate(words, { onSuccess: close })}
      />
    </Stack>
  )
}
