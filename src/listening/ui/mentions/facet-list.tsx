// How the mentions divide, each part a filter: pressed once it narrows, pressed again it opens.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { initiatorWords, labelWord, languageWord, sentimentWords } from '../listen-words.ts'
import { useNetworkName } from '../use-network-name.ts'
import { askedOf, type MentionSearch } from './mention-search.ts'

const facets = [
  { key: 'sentiment', title: 'Mood', word: (value: string) => sentimentWords[value]?.label ?? value },
  { key: 'intent', title: 'What they want', word: labelWord },
  { key: 'emotion', title: 'Feeling', word: labelWord },
  { key: 'network', title: 'Where', word: null },
  { key: 'language', title: 'Language', word: languageWord },
  { key: 'initiator', title: 'Who began', word: (value: string) => initiatorWords[value] ?? value },
  { key: 'kind', title: 'Kind', word: labelWord },
] as const

const shown = 8
const sentimentKey: Record<string, string> = { '-1': 'negative', '0': 'neutral', '1': 'positive' }

export function FacetList({ search }: { search: MentionSearch }) {
  const org = useOrg()
  const set = useSetSearch()
  const networkName = useNetworkName()
  const counts = useQuery(
    api.mentions.facets.queryOptions({
      input: { org: org.id, ...askedOf(search) },
      placeholderData: (before) => before,
      refetchInterval: 30_000,
    }),
  )
  if (!counts.data || counts.data.counted === 0) return null
  const { counted, complete } = counts.data
  return (
    <aside className="li-facets" aria-label="How they divide">
      {!complete && <p className="lr-page-description">Shares among the newest {counted.toLocaleString()}.</p>}
      {facets.map(({ key, title, word }) => {
        const chosen = search[key]
        const values = counts.data[key].filter(({ value }) => value !== null)
        if (values.length < 2 && chosen === undefined) return null
        return (
          <section key={key} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {values.slice(0, shown).map(({ value, count }) => {
                const asked = key === 'sentiment' ? sentimentKey[value!]! : value!
                const isChosen = chosen === asked
                return (
                  <li key={value}>
                    <button
                      type="button"
                      className="li-facet"
                      aria-pressed={isChosen}
                      style={{ '--share': `${(100 * count) / counted}%` } as Record<string, string>}
                      onClick={() => set({ [key]: isChosen ? null : asked })}
                    >
                      <span>{(word ?? networkName)(value!)}</span>
                      <span>{count.toLocaleString()}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </aside>
  )
}
