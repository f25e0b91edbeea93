// How the web app keeps answers: fresh for a short while, refusals are not asked again, lost lines are.

import { QueryClient } from '@tanstack/react-query'
import { refusalOf } from './api.ts'

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && worthRetrying(error),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })

function worthRetrying(error: unknown): boolean {
  const { status } = refusalOf(error)
  return status === null || status === 429 || status >= 500
}
