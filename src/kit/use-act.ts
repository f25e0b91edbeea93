// Something done to one thing of a list: the list is asked for again, a refusal is told, and what can be undone offers it.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refresh } from './api.ts'
import { showProblem, showUndo } from './toast.tsx'

type Part = Parameters<typeof refresh>[1]

interface Undo<Given> {
  /** What was done, in a sentence. */
  done: string | ((given: Given) => string)
  back: (given: Given) => Promise<unknown>
}

export function useAct<Given = void>(
  list: Part | readonly Part[],
  work: (given: Given) => Promise<unknown>,
  undo?: Undo<Given>,
) {
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, ...[list].flat())
  return useMutation({
    mutationFn: async (given: Given) => {
      await work(given)
      await again()
      if (!undo) return
      showUndo(typeof undo.done === 'string' ? undo.done : undo.done(given), async () => {
        await undo.back(given)
        await again()
      })
    },
    onError: (error) => showProblem(error),
  })
}
