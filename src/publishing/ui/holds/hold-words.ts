// Holds in words: what one binds, and which refusals its pages meet.

import { learnWords } from '../../../kit/words.ts'
import type { Scope } from '../../holds/types.ts'

export const scopeLabels: Record<Scope, { label: string; means: string }> = {
  everything: { label: 'Everything', means: 'All posts of the organisation.' },
  campaigns: { label: 'All campaigns', means: 'Posts of any campaign; always-on goes on.' },
  campaign: { label: 'One campaign', means: 'Posts of that campaign, on every account.' },
  account: { label: 'One account', means: 'Whatever goes out there.' },
  department: { label: 'One department', means: 'Posts of that department.' },
}

/** “Everything”, “Campaign: Winter sale”. */
export function holdTitle({ scope, scopeName }: { scope: Scope; scopeName: string | null }): string {
  if (scope === 'everything' || scope === 'campaigns') return scopeLabels[scope].label
  return `${scope.charAt(0).toUpperCase()}${scope.slice(1)}: ${scopeName ?? 'gone'}`
}

learnWords({
  'not-in-organisation': { what: 'This does not exist any more.', next: 'Choose another one.' },
})
