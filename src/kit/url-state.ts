// Filters, dates and paging live in the address, so that a view can be kept, sent on and gone back to.
//
// A route says which words it knows: `validateSearch: searchWords('state', 'account', 'q', 'sort')`; all are optional text.
// A page reads and sets them: `const [state, setState] = useSearchWord('state')`; undefined takes it out of the address.

import { useNavigate, useSearch } from '@tanstack/react-router'

type Words<Name extends string> = Partial<Record<Name, string>>

export const searchWords =
  <Name extends string>(...names: Name[]) =>
  (raw: Record<string, unknown>): Words<Name> => {
    const known: Words<Name> = {}
    for (const name of names) {
      const value = raw[name]
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        known[name] = String(value).slice(0, 500)
    }
    return known
  }

/** The same for texts that another page hands over: longer, and as they stand even where they look like data. */
export const searchTexts =
  <Name extends string>(most: number, ...names: Name[]) =>
  (raw: Record<string, unknown>): Words<Name> => {
    const known: Words<Name> = {}
    for (const name of names) {
      const value = raw[name]
      if (value !== undefined && value !== null)
        known[name] = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, most)
    }
    return known
  }

export function useSearchWord(name: string): [string | undefined, (value: string | undefined | null) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const setAll = useSetSearch()
  const value = search[name]
  return [typeof value === 'string' ? value : undefined, (next) => setAll({ [name]: next })]
}

/** Sets several words at once. The history keeps one entry a page, not one a keystroke. */
export function useSetSearch(): (changes: Record<string, string | undefined | null>) => void {
  const navigate = useNavigate()
  return (changes) => {
    const merged = (before: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries({ ...before, ...changes }).filter(
          ([, value]) => value !== undefined && value !== null && value !== '',
        ),
      )
    // The words differ from page to page, which the router's types cannot know here.
    void navigate({ to: '.', search: merged as never, replace: true, resetScroll: false })
  }
}
