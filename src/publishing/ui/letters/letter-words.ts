// Words of newsletters: how a subscriber stands, and refusals that only these pages meet.

import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'
import type { SubscriberState } from '../../letters/types.ts'

export const subscriberLook: Record<SubscriberState, { label: string; tone: Tone; means: string }> = {
  confirmed: { label: 'Subscribed', tone: 'done', means: 'Receives every issue.' },
  asked: { label: 'Asked', tone: 'amber', means: 'Has not confirmed yet; forgotten after two weeks.' },
  left: { label: 'Left', tone: 'quiet', means: 'Does not want it any more; a list does not bring them back.' },
  bounced: { label: 'Not reachable', tone: 'crimson', means: 'Letters come back from this address.' },
  complained: { label: 'Complained', tone: 'crimson', means: 'Called it spam; nothing is sent there again.' },
}

export const outcomeWords = {
  added: 'added',
  already: 'subscribed already',
  'not-an-address': 'no mail address',
  'left-before': 'left before; only they can come back',
  'complained-before': 'complained before',
}

learnWords({
  'not-a-newsletter': { what: 'This account is no newsletter.' },
})
