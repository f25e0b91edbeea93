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
  'period-too-long': {
    what: 'So long a period cannot be shown in such small steps.',
    next: 'Choose larger steps or fewer days.',
  },
})
