// What the viewer assumes otherwise: it stands in the address, so that a view can be sent on.

import { useSearch } from '@tanstack/react-router'
import { useSetSearch } from '../../../kit/url-state.ts'

export const assumedNames = ['fades', 'returns', 'sprint', 'lasts', 'again'] as const
type Name = (typeof assumedNames)[number]

export function useAssumed() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const set = useSetSearch()
  const own: Partial<Record<Name, number>> = {}
  for (const name of assumedNames) {
    const value = Number(search[name])
    if (search[name] !== undefined && Number.isFinite(value)) own[name] = value
  }
  return {
    own,
    assume: (name: string, value: number) => set({ [name]: String(value) }),
    asBefore: () => set(Object.fromEntries(assumedNames.map((name) => [name, null]))),
  }
}
