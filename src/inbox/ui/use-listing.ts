// Which conversations the list shows: a view, and what narrows it further; all of it in the address.

import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api } from '../../kit/api.ts'
import { useSetSearch } from '../../kit/url-state.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { type Listing, type SavedView, viewOf, views } from './inbox-words.ts'

/** Words of the address that narrow a view; `*` takes away what the view itself asks for. */
export const narrowing = {
  q: 'q',
  department: 'departmentId',
  account: 'accountId',
  mood: 'sentiment',
  intent: 'intent',
  priority: 'priority',
  tag: 'tag',
  due: 'due',
  order: 'order',
} as const satisfies Record<string, keyof Listing>

export type Narrowing = keyof typeof narrowing
const words = Object.keys(narrowing) as Narrowing[]
const any = '*'

export interface Shown {
  key: string
  label: string
  saved: SavedView | null
  /** What the list asks for. */
  list: Partial<Listing>
  /** It is narrowed further than its view. */
  isNarrowed: boolean
  /** null takes it away, also where the view asks for it. */
  narrow: (changes: Partial<Record<Narrowing, string | null>>) => void
  clear: () => void
  open: (key: string) => void
}

export function useListing(): Shown {
  const org = useOrg()
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const set = useSetSearch()
  const { data: saved } = useQuery(
    api.conversationViews.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }),
  )
  const own = saved?.find(({ id }) => id === search.view) ?? null
  const preset = viewOf(search.view)
  const base: Partial<Listing> = own?.list ?? preset.input
  const list = { ...base }
  for (const word of words) {
    const value = search[word]
    if (value === any) delete list[narrowing[word]]
    else if (value) Object.assign(list, { [narrowing[word]]: value })
  }
  const nothing = Object.fromEntries(words.map((word) => [word, null]))
  return {
    ...{ key: own?.id ?? preset.key, label: own?.name ?? preset.label, saved: own, list },
    isNarrowed: words.some((word) => search[word] !== undefined),
    narrow: (changes) =>
      set(
        Object.fromEntries(
          Object.entries(changes).map(([word, value]) => [
            word,
            value ?? (base[narrowing[word as Narrowing]] === undefined ? null : any),
          ]),
        ),
      ),
    clear: () => set(nothing),
    open: (key) => set({ ...nothing, view: key === views[0].key ? null : key }),
  }
}
