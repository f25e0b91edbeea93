// What people do for social media, and how many minutes one of each takes before anybody measured it.

export interface Prior {
  /** Mean minutes of one: what a survey or a person states. */
  minutes: number
  source: string
  /** Our own guess, without a figure behind it. */
  ours: boolean
}

export interface Activity extends Prior {
  id: string
  /** One of it, inside a sentence: "a blog post". */
  one: string
}

const guess = 'Our guess; your own times replace it'

/** An organisation may add its own, with minutes of its own. */
export const knownActivities = [
  {
    ...{ id: 'blog-post', one: 'a blog post', minutes: 228, ours: false },
    source: 'Orbit Media, 11th annual survey of bloggers: 3 hours 48 minutes on average',
  },
  { id: 'short-post', one: 'a short post', minutes: 8, source: guess, ours: true },
  { id: 'status-update', one: 'a status update', minutes: 15, source: guess, ours: true },
  { id: 'group-reply', one: 'a reply in a group', minutes: 10, source: guess, ours: true },
  { id: 'group-post', one: 'a post in a group', minutes: 15, source: guess, ours: true },
  { id: 'inbox-reply', one: 'a reply in the inbox', minutes: 6, source: guess, ours: true },
  { id: 'conversation-begun', one: 'a conversation that we begin', minutes: 10, source: guess, ours: true },
  { id: 'short-video', one: 'a short video', minutes: 120, source: guess, ours: true },
] as const satisfies Activity[]

export const activityOf = (id: string): Activity | null => knownActivities.find((each) => each.id === id) ?? null

/** One of it inside a sentence; of what an organisation named itself, its words. */
export const oneOf = (id: string): string => activityOf(id)?.one ?? `“${id.replaceAll('-', ' ')}”`
