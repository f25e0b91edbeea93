// A plan as a shop of two would have it, for tests of sessions.

/** A blog post every other week, a short post each working day, two of two kinds a week (R1-15). */
export const lines = [
  { id: 'blog', channel: 'blog', every: 2, unit: 'week', slots: [{ anyOf: [{ activity: 'blog-post' }] }] },
  { id: 'short', channel: null, every: 1, unit: 'working-day', slots: [{ anyOf: [{ activity: 'short-post' }] }] },
  {
    ...{ id: 'two', channel: null, every: 1, unit: 'week', differ: true },
    slots: [{ anyOf: [{ activity: 'status-update' }] }, { anyOf: [{ activity: 'group-reply' }] }],
  },
]
