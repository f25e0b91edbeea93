// Channels by their keys: accounts by their ids, and words for what has none. Pure.

export interface Channel {
  key: string
  /** As people call it; no two are called the same. */
  name: string
}

export interface NamedAccount {
  id: string
  name: string
  /** Of its network, as people say it. */
  network: string
}

/** Names one activity on one channel, as verdicts, questions and what is known of lines name it. */
export const lineKey = ({ channel, activity }: { channel: Pick<Channel, 'key'>; activity: string }): string =>
  `${channel.key}:${activity}`

/** Wherever: work that belongs to no channel. */
export const anywhere: Channel = { key: '', name: '' }
const mostLetters = 60

export interface Channels {
  /** null: nothing is known under this key any more. */
  byKey(key: string): Channel | null
  /** What somebody called a channel in a plan or beside their time. */
  byWord(word: string | null): Channel
}

/** An account is meant by its name, or by its network where there is one account of it alone. */
export function channelsOf(accounts: readonly NamedAccount[]): Channels {
  const clear = (text: string) => text.trim().slice(0, mostLetters).trim()
  const taken = new Map<string, number>()
  for (const { name } of accounts) taken.set(name.toLowerCase(), (taken.get(name.toLowerCase()) ?? 0) + 1)
  const used = new Set<string>()
  const named = accounts.map(({ id, name, network }) => {
    const wanted = clear(taken.get(name.toLowerCase())! > 1 ? `${name.slice(0, 40)} (${network})` : name)
    let own = wanted
    for (let next = 2; used.has(own.toLowerCase()); next++) own = `${wanted.slice(0, mostLetters - 4)} ${next}`
    used.add(own.toLowerCase())
    return { key: id, name: own }
  })
  const byKey = new Map(named.map((channel) => [channel.key, channel]))
  const byName = new Map(named.map((channel) => [channel.name.toLowerCase(), channel]))
  const only = (word: string): Channel | undefined => {
    const some = accounts.filter(({ network, name }) => [network, name].some((each) => each.toLowerCase() === word))
    return some.length === 1 ? byKey.get(some[0]!.id) : undefined
  }
  const byWord = (word: string | null): Channel => {
    const clean = clear(word ?? '')
    if (clean === '') return anywhere
    return byName.get(clean.toLowerCase()) ?? only(clean.toLowerCase()) ?? { key: clean, name: clean }
  }
  return {
    byWord,
    byKey: (key) => byKey.get(key) ?? (isId(key) ? null : byWord(key)),
  }
}

const isId = (key: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key)
