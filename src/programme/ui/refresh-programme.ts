// What a programme that ends or goes on again changes: itself, and all that hangs on it.

import type { QueryClient } from '@tanstack/react-query'
import { api, refresh } from '../../kit/api.ts'

export const refreshProgramme = (queryClient: QueryClient): Promise<void> =>
  refresh(
    queryClient,
    api.programme,
    api.goals,
    api.commitments,
    api.plan,
    api.sessions,
    api.competencies,
    api.publishingAdvice,
    api.certificates,
    api.buddies,
    api.needs,
    api.sessions,
  )
