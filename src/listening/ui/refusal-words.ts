// What the server refuses about topics and sources, in words.

import { listeningCodes } from '../../accounts/ui/listening-codes.ts'
import { learnWords } from '../../kit/words.ts'

learnWords({
  ...listeningCodes,
  'source-is-there': { what: 'Longrun listens to exactly this already.', next: 'Look for it in the list of sources.' },
  'source-kind-not-known': { what: 'This installation cannot listen to that.', next: 'Choose another kind of source.' },
  'account-needed': {
    what: 'An account of this network is needed.',
    next: 'Connect one under Accounts, then choose it.',
  },
  'account-of-another-network': {
    what: 'That account belongs to another network.',
    next: 'Choose one of this network.',
  },
  'address-invalid': { what: 'This is not an address of the web.', next: 'Enter one that begins with https://.' },
  'changed-meanwhile': {
    what: 'Somebody else changed it meanwhile.',
    next: 'Reload to see their version; yours is still in the field until you leave.',
  },
  'brief-without-words': {
    what: 'Nobody has written anything yet.',
    next: 'Say in a sentence or two what was heard and what it means.',
  },
  'brief-without-readers': { what: 'Nobody would read it.', next: 'Choose people or departments.' },
  'brief-not-so': { what: 'Somebody else was faster: it is not in that state any more.', next: 'Reload to see it.' },
  'not-a-reader': { what: 'It was not published to you, so nobody waits for your word.' },
  'spoke-too-long-ago': {
    what: 'This person spoke too long ago to be remembered.',
    next: 'It can be done when they speak again.',
  },
  'already-handed-on': { what: 'It was handed on there already.', next: 'It stands under Kept.' },
  'period-too-long': {
    what: 'So long a period cannot be shown in such small steps.',
    next: 'Choose larger steps or fewer days.',
  },
})
