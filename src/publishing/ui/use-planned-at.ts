// Tells the composer for which instant a post is meant, so that files whose permission ends before it are pointed out at once.

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { useComposer } from './composer-context.ts'
import { meaningOf } from './planned-time.ts'

interface Planned {
  wall: string
  zone: string
  /** Whose slots are meant. */
  accountId: string | undefined
  slots: 'campaign' | 'always-on'
}

export function usePlannedAt(kind: 'at' | 'slot' | 'now', { wall, zone, accountId, slots }: Planned): void {
  const org = useOrg()
  const { planFor } = useComposer()
  const slot = useQuery({
    ...api.posts.nextSlot.queryOptions({ input: { org: org.id, accountId: accountId ?? '', kind: slots } }),
    enabled: kind === 'slot' && accountId !== undefined,
  })
  const meaning = kind === 'at' && wall !== '' ? meaningOf(wall, zone) : null
  const chosen = meaning && meaning.kind !== 'never' ? meaning.at.toISOString() : null
  const at = kind === 'slot' ? (slot.data?.dueAt ?? null) : chosen
  useEffect(() => planFor(at), [planFor, at])
}
