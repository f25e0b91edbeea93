// Something done to a session: everything that shows sessions, time or the plan is asked again, and what can be undone offers it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Session } from './session-words.ts'
import '../refusal-words.ts'

export function useSessionsAgain(): () => Promise<void> {
  const queryClient = useQueryClient()
  return () => refresh(queryClient, api.sessions, api.time, api.plan)
}

export function useSessionActs({ id }: Pick<Session, 'id'>) {
  const org = useOrg()
  const again = useSessionsAgain()
  const input = { org: org.id, id }
  const undo = (said: string, back: () => Promise<unknown>) =>
    showUndo(said, async () => {
      await back()
      await again()
    })
  const done = useMutation({
    mutationFn: () => client.sessions.done(input),
    onSuccess: async ({ session }) => {
      await again()
      undo(`Done: ${session.minutes} minutes, estimated`, () => client.sessions.reopen(input))
    },
    onError: (error) => showProblem(error),
  })
  const start = useMutation({
    mutationFn: () => client.sessions.start(input),
    onSuccess: again,
    onError: (error) => showProblem(error),
  })
  const reopen = useMutation({
    mutationFn: () => client.sessions.reopen(input),
    onSuccess: again,
    onError: (error) => showProblem(error),
  })
  return {
    ...{ done, start, reopen },
    skipped: async () => {
      await again()
      undo('Left out', () => client.sessions.reopen(input))
    },
    moved: async () => {
      await again()
      undo('Moved', () => client.sessions.moveBack(input))
    },
  }
}
