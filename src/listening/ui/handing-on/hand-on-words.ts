// How hand-overs and what keeps them waiting are named.

import { learnWords } from '../../../kit/words.ts'
import type { HandOnFailure, HandOnKind } from '../../handing-on/types.ts'

export const kindWords: Record<HandOnKind, { title: string; short: string; help: string }> = {
  inbox: { title: 'Hand to the inbox', short: 'To answer', help: 'What should be answered, and how soon.' },
  insight: { title: 'Turn into an insight', short: 'Insight', help: 'What somebody can learn from it.' },
}

export const failureWords: Record<HandOnFailure, string> = {
  'account-not-connected': 'No account of this network is connected. It goes to the inbox within an hour after one is.',
  'network-away': 'The network does not answer. It is tried again by itself.',
  'account-may-not': 'The account may not look this up there. Connect it again with all rights; it is tried again.',
  'not-there-any-more': 'It is not there any more, or our account does not see it.',
  'author-not-to-be-contacted': 'Its author is not to be contacted. Hand it on again to answer all the same.',
  'author-objected': 'Its author asked us to store nothing of them, so it is left alone.',
  'said-by-us': 'We said this ourselves.',
}

learnWords({
  'author-not-to-be-contacted': {
    what: 'It was decided not to contact this person.',
    next: 'Say that you want it all the same, if there is a good reason.',
  },
  'author-objected': { what: 'This person asked us to store nothing of them.', next: 'Leave them alone.' },
  'nothing-heard': {
    what: 'Nothing that they said is kept where you listen.',
    next: 'It can be done when they are heard again; what they write to you comes to the inbox by itself.',
  },
  'assignee-missing': { what: 'Say for whom it is.', next: 'An insight waits for somebody.' },
})
