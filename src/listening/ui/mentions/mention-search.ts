// The words of the address that say which mentions are shown.

export const searchNames = [
  'topic',
  'network',
  'language',
  'sentiment',
  'emotion',
  'intent',
  'kind',
  'initiator',
  'source',
  'author',
  'link',
  'place',
  'from',
  'to',
  'q',
  'fold',
] as const

export type MentionSearch = Partial<Record<(typeof searchNames)[number], string>> & {
  sentiment?: 'negative' | 'neutral' | 'positive' | 'none'
  initiator?: 'customer' | 'industry' | 'brand'
  /** Absent: what says the same is folded. */
  fold?: 'yes' | 'no'
}

const sentiments = ['negative', 'neutral', 'positive', 'none']
const initiators = ['customer', 'industry', 'brand']

/** What of an address the server would understand; a hand-made word that it does not know is passed over. */
export function searchOf(raw: Record<string, string | undefined>): MentionSearch {
  const known = Object.fromEntries(searchNames.flatMap((name) => (raw[name] ? [[name, raw[name]]] : [])))
  if (known.sentiment && !sentiments.includes(known.sentiment)) delete known.sentiment
  for (const name of ['from', 'to'] as const)
    if (known[name] && Number.isNaN(Date.parse(known[name]))) delete known[name]
  if (known.fold && known.fold !== 'no') delete known.fold
  if (known.initiator && !initiators.includes(known.initiator)) delete known.initiator
  return known as MentionSearch
}

/** What the server is asked for. */
export const askedOf = (search: MentionSearch) => ({ ...search, fold: search.fold ?? ('yes' as const) })

/** Whether something narrows besides the topic. */
export const isNarrowed = (search: MentionSearch): boolean =>
  Object.keys(search).some((name) => name !== 'topic' && name !== 'fold')
