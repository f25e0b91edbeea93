// What stands against the time that is typed in: neighbours too near, holidays, holds. It warns; only the clock refuses.

import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { conflictWords } from '../bulk/conflict-words.ts'
import { viewerLanguage } from '../holidays/use-holidays.ts'
import '../notes.css'

interface ConflictNotesProps {
  postId: string | undefined
  accountIds: string[]
  wall: string
  zone: string
}

export function ConflictNotes({ postId, accountIds, wall, zone }: ConflictNotesProps) {
  const org = useOrg()
  const own = useZone()
  const { nameOf } = useAccounts()
  const { data } = useQuery(
    api.planning.conflicts.queryOptions({
      input: { org: org.id, moves: [{ id: postId, accountIds, wall, zone }], language: viewerLanguage() },
      enabled: wall.length >= 16 && accountIds.length > 0,
      staleTime: 10_000,
      placeholderData: (before) => before,
    }),
  )
  // Skipped times, times that come twice and holds have their own words in the panel.
  const shown = data?.[0]?.conflicts.filter(({ code }) => !['never', 'twice', 'hold', 'past'].includes(code)) ?? []
  if (shown.length === 0) return null
  return (
    <ul className="cp-issues" aria-label="About this time">
      {shown.map((conflict) => (
        <li key={`${conflict.code} ${conflict.accountId} ${conflict.params.name ?? ''}`} data-level="warning">
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            {conflict.accountId && `${nameOf(conflict.accountId)}: `}
            {conflictWords(conflict, own)}
          </span>
        </li>
      ))}
    </ul>
  )
}
