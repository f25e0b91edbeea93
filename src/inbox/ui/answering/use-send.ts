// Sends an answer once, however often it is pressed; asks first where a colleague writes one.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { useAnswerDraft } from './use-answer-draft.ts'
import type { usePresence } from './use-presence.ts'

interface Sending {
  id: string
  seen: string | undefined
  /** How many answers stand before the writer. */
  answers: number | undefined
  draft: ReturnType<typeof useAnswerDraft>
  presence: ReturnType<typeof usePresence>
}

export function useSend({ id, seen, answers, draft, presence }: Sending) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  // The same until it is taken: a second press, or a second try after a lost answer, is the same answer.
  const answerId = useRef(crypto.randomUUID())
  const write = async (anyway: boolean) => {
    const { text, media } = draft
    const before = draft.revision()
    await draft.settle()
    // What came back in this moment is no part of what is sent, and stays.
    const madeFrom = draft.newest().text === text ? draft.revision() : before
    await client.answers.write({
      ...{ org: org.id, id, answerId: answerId.current, text, media, seen, answers, anyway },
      draft: madeFrom,
    })
    answerId.current = crypto.randomUUID()
    await draft.sent({ text, media })
    presence.stopped()
    await refresh(queryClient, api.answers, api.answerApprovals)
  }
  const ask = (name: string) =>
    confirm({
      title: `${name} is writing an answer`,
      body: 'Two answers to one question look as if nobody talked to anybody. Yours can go out all the same.',
      action: 'Send mine all the same',
      run: () => write(true),
    })
  const send = useMutation({
    mutationFn: async () => {
      const { writer } = presence
      if (writer && !writer.isMe) await ask(writer.person.name)
      else await write(false)
    },
    onError: (error) => {
      const { code, params } = refusalOf(error)
      // The first one went out though its answer was lost: these words would be another one.
      if (code === 'answer-differs') {
        answerId.current = crypto.randomUUID()
        void refresh(queryClient, api.answers)
      }
      // Shown as it stands now, it leads to where it goes on.
      if (code === 'goes-on-elsewhere') void refresh(queryClient, api.conversations)
      if (code !== 'somebody-writes') return
      send.reset()
      void ask(String(params.name))
    },
  })
  return send
}
