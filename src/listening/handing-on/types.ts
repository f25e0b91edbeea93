// Words about handing mentions on that pages and server share.

export const handOnKinds = ['inbox', 'insight'] as const
export type HandOnKind = (typeof handOnKinds)[number]

export const handOnStates = ['waiting', 'taken-over', 'taken-back'] as const

/**
 * Why what was handed to the inbox is not there (yet). After the first three it is tried again by itself; after the others somebody decides.
 */
export const handOnFailures = [
  'account-not-connected',
  'network-away',
  'account-may-not',
  'not-there-any-more',
  'author-not-to-be-contacted',
  'author-objected',
  'said-by-us',
] as const
export type HandOnFailure = (typeof handOnFailures)[number]
