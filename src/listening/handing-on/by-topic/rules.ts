// Says in words what a topic hands to the inbox: the reason that stands with each mention. Pure.

import { sentiments } from '../../text/types.ts'
import type { HandOnRule } from './types.ts'

/** Such as “Heard under “Kettles”: complaint or question, negative”. */
export function reasonOf(topic: string, rule: HandOnRule): string {
  const conditions = [
    rule.intents.join(' or '),
    rule.sentiments.map((each) => sentiments[each + 1]).join(' or '),
    rule.danger === 'only' ? 'people hurt or in need' : '',
    rule.leastFollowers > 0 ? `at least ${rule.leastFollowers} followers` : '',
  ].filter((each) => each !== '')
  return `Heard under “${topic}”${conditions.length > 0 ? `: ${conditions.join(', ')}` : ''}`
}
