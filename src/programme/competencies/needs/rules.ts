// Pure: which competency an activity needs, and who may do it: whoever has it, or learns it with somebody at their side who does.

/** Where an organisation says nothing else. Keys are those of the ladder that programmes begin with. */
export const usualNeeds: Readonly<Record<string, string>> = {
  'inbox-reply': 'answering',
  'group-reply': 'answering',
  'conversation-begun': 'answering',
  'short-post': 'publishing',
  'status-update': 'publishing',
  'group-post': 'publishing',
  'blog-post': 'publishing',
  'short-video': 'publishing',
}

export interface Need {
  key: string
  name: string
  /** Some team has begun it and not set it aside. */
  isBegun: boolean
}

export interface Grounds {
  /** Of the ladder, those that were taken away left out. */
  rungs: readonly { key: string; name: string }[]
  begun: ReadonlySet<string>
  /** What the organisation says itself, by activity; null: anybody may. */
  said: ReadonlyMap<string, string | null>
  /** Of which anybody ever got a certificate that was not taken back. */
  shown: ReadonlySet<string>
  /** Keys by member. */
  skills: ReadonlyMap<string, readonly string[]>
  buddies: readonly { noviceId: string; buddyId: string }[]
}

export interface Abilities {
  /** null: anybody may do it. */
  needOf(activity: string): Need | null
  may(memberId: string, activity: string): boolean
  /** At whose side they learn it; null: they manage on their own. */
  besideOf(memberId: string, activity: string): string | null
  /** Their own keys, and those that they learn beside somebody. */
  keysOf(memberId: string): string[]
}

/** Without a ladder nobody is limited. What is usual binds from the first certificate on: before that nobody keeps any. */
export function abilitiesOf({ rungs, begun, said, shown, skills, buddies }: Grounds): Abilities {
  const names = new Map(rungs.map(({ key, name }) => [key, name]))
  const beside = new Map(buddies.map(({ noviceId, buddyId }) => [noviceId, buddyId]))
  const has = (memberId: string, key: string) => skills.get(memberId)?.includes(key) ?? false
  const keyOf = (activity: string): string | null => {
    const own = said.get(activity)
    if (own !== undefined) return own
    const usual = usualNeeds[activity]
    return usual !== undefined && shown.has(usual) ? usual : null
  }
  const needOf = (activity: string): Need | null => {
    const key = keyOf(activity)
    const name = key === null ? undefined : names.get(key)
    // What stands on no ladder can be shown by nobody.
    return key === null || name === undefined ? null : { key, name, isBegun: begun.has(key) }
  }
  const buddyWith = (memberId: string, key: string): string | null => {
    const buddy = beside.get(memberId)
    return buddy !== undefined && has(buddy, key) ? buddy : null
  }
  return {
    needOf,
    may: (memberId, activity) => {
      const need = needOf(activity)
      return need === null || has(memberId, need.key) || buddyWith(memberId, need.key) !== null
    },
    besideOf: (memberId, activity) => {
      const need = needOf(activity)
      return need === null || has(memberId, need.key) ? null : buddyWith(memberId, need.key)
    },
    keysOf: (memberId) => [
      ...new Set([...(skills.get(memberId) ?? []), ...(skills.get(beside.get(memberId) ?? '') ?? [])]),
    ],
  }
}

/** What to do when nobody may: `one` is one of it in a sentence, “a short video”. */
export const nobodyMay = (one: string, { name, isBegun }: Need): string =>
  `Nobody who takes part may do ${one} yet: it needs “${name}”. ${
    isBegun
      ? 'Put on record who has it, or give somebody a buddy who does.'
      : `Begin “${name}” on the ladder, or put on record who has it.`
  }`
