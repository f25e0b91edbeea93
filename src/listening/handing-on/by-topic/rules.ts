// Says in words what a topic hands to the inbox: the reason that stands with each mention. Pure.

import type { HandOnRule } from './types.ts'

const moods = { [-1]: 'negative', 0: 'neutral', 1: 'positive' } as const

/** Such as “Heard under “Kettles”: complaint or question, negative”. */
export function reasonOf(topic: string, rule: HandOnRule): string {
  const conditions = [
    rule.intents.join(' or '),
    rule.sentiments.map((each) => moods[each]).join(' or '),
    rule.danger === 'only' ? 'people hurt or in need' : '',
    rule.leastFollowers > 0 ? `at least ${rule.leastFollowers} followers` : '',
  ].filter((each) => each !== '')
  return `Heard under “${topic}”${conditions.length > 0 ? `: ${conditions.join(', ')}` : ''}`
}
