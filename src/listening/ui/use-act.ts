// Something done to one thing of a list: the list is asked for again, a refusal is told, and what can be undone offers it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refresh } from '../../kit/api.ts'
import { showProblem, showUndo } from '../../kit/toast.tsx'

interface Undo {
  /** What was done, in a sentence. */
  done: string
  back: () => Promise<unknown>
}

export function useAct(list: Parameters<typeof refresh>[1], work: () => Promise<unknown>, undo?: Undo) {
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, list)
  return useMutation({
    mutationFn: async () => {
      await work()
      await again()
      if (undo)
        showUndo(undo.done, async () => {
          await undo.back()
          await again()
        })
    },
    onError: (error) => showProblem(error),
  })
}
