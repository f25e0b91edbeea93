// What a new post begins with: the accounts used last, and the words of a feed item that is shared.

import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Accounts, limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { Draft } from '../../connectors/contract.ts'
import { truncateText } from '../../connectors/text.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { useBriefDraft } from './briefs/brief-draft.ts'
import { type Composition, newComposition } from './composition.ts'
import { type SourceItem, useSharedItem } from './use-shared-item.ts'

const route = getRouteApi('/o/$slug/compose')

const lastKey = (orgId: string): string => `longrun-last-accounts:${orgId}`

export function rememberAccounts(orgId: string, ids: string[]): void {
  localStorage.setItem(lastKey(orgId), ids.join(','))
}

/** null while something is still being read. */
export function useBeginning(accounts: Accounts): Composition | null {
  const { source, account, brief } = route.useSearch()
  const org = useOrg()
  const item = useSharedItem(source)
  const { pending: reading, draft: fromBrief } = useBriefDraft(brief)
  return useMemo(() => {
    if (accounts.pending || reading || (source && item.isPending)) return null
    const usable = accounts.all.filter((each) => each.publishes && each.state === 'connected').map(({ id }) => id)
    const last = (localStorage.getItem(lastKey(org.id)) ?? '').split(',')
    const wanted = account ? [account] : last
    const chosen = usable.filter((id) => wanted.includes(id))
    const ids = chosen.length > 0 ? chosen : usable.length === 1 ? usable : []
    const cards = ids.some((id) => limitsOf(accounts.byId.get(id)!).linkCard)
    if (fromBrief) return newComposition(ids, fromBrief)
    return item.data ? newComposition(ids, sharing(item.data, cards || ids.length === 0)) : newComposition(ids)
  }, [accounts, account, source, item.isPending, item.data, org.id, reading, fromBrief])
}

function sharing({ title, url, text }: SourceItem, withCard: boolean): Draft {
  const words = [title?.trim() || truncateText(text.trim(), 200), url].filter(Boolean).join('\n\n')
  const link =
    url && withCard
      ? { url, title: title?.slice(0, 500) ?? '', description: truncateText(text.replaceAll(/\s+/g, ' ').trim(), 280) }
      : undefined
  return { segments: [{ text: words || text.slice(0, 2000), media: [], ...(link ? { link } : {}) }] }
}
