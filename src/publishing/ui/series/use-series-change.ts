// Runs one change of a series; everything that shows series or posts is read again.

import { useQueryClient } from '@tanstack/react-query'
import { api, refresh } from '../../../kit/api.ts'
import { showDone } from '../../../kit/toast.tsx'

export function useSeriesChange() {
  const queryClient = useQueryClient()
  /** @throws what the server refused, for dialogs that show it. */
  return async <T>(work: () => Promise<T>, said: string): Promise<T> => {
    try {
      const answer = await work()
      showDone(said)
      return answer
    } finally {
      void refresh(queryClient, api.series, api.posts)
    }
  }
}
