// The holds that are active now, as every page may need them: the banner, the calendar, the composer, a post.

import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

export type Hold = Output<typeof client.holds.list>['items'][number]

/** What a post belongs to and where it goes. */
export interface Bindable {
  campaignId: string | null
  departmentId: string | null
  accountIds: string[]
}

export interface ActiveHolds {
  holds: Hold[]
  /** The hold of everything, if there is one. */
  everything: Hold | undefined
  /** The first hold that binds a post, or one of its accounts. */
  binding: (post: Bindable) => Hold | undefined
}

export const binds = ({ scope, scopeId }: Pick<Hold, 'scope' | 'scopeId'>, post: Bindable): boolean => {
  if (scope === 'everything') return true
  if (scope === 'campaigns') return post.campaignId !== null
  if (scope === 'campaign') return post.campaignId === scopeId
  if (scope === 'department') return post.departmentId === scopeId
  return scopeId !== null && post.accountIds.includes(scopeId)
}

export function useActiveHolds(): ActiveHolds {
  const org = useOrg()
  const active = useQuery(
    api.holds.list.queryOptions({
      input: { org: org.id, state: 'active', limit: 200 },
      staleTime: 10_000,
      refetchInterval: 30_000,
    }),
  )
  const holds = active.data?.items ?? []
  return {
    holds,
    everything: holds.find(({ scope }) => scope === 'everything'),
    binding: (post) => holds.find((hold) => binds(hold, post)),
  }
}
