// A rule as two sentences: when it holds, and what follows. Pure.

import { plainCode } from '../../../kit/words.ts'
import { stateWords } from '../../../listening/ui/people/people-words.ts'
import { type NamedRule, priorityWords } from './routing-words.ts'

const quoted = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(' or ')

export function conditionLine(
  { rule: { conditions } }: Pick<NamedRule, 'rule'>,
  nameOf: (id: string) => string,
): string {
  const named = (ids: readonly string[]) => ids.map(nameOf).join(' or ')
  const plain = (words: readonly string[]) => words.map(plainCode).join(' or ')
  const parts = [
    conditions.words.length > 0 && `it says ${quoted(conditions.words)}`,
    conditions.intents.length > 0 && `it is meant as ${plain(conditions.intents)}`,
    conditions.sentiments.length > 0 && `its mood is ${plain(conditions.sentiments)}`,
    conditions.languages.length > 0 && `its language is ${conditions.languages.join(' or ')}`,
    conditions.saidAs.length > 0 && `it came as ${plain(conditions.saidAs)}`,
    conditions.accountIds.length > 0 && `it was said to ${named(conditions.accountIds)}`,
    conditions.topicIds.length > 0 && `it is about ${named(conditions.topicIds)}`,
    conditions.campaignIds.length > 0 && `it answers the campaign ${named(conditions.campaignIds)}`,
    conditions.authorStates.length > 0 &&
      `whoever says it is ${conditions.authorStates.map((state) => `“${stateWords[state].label}”`).join(' or ')}`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'Always.' : `When ${parts.join(', and ')}.`
}

export function actionLine(
  { rule: { actions, afterwards } }: Pick<NamedRule, 'rule'>,
  nameOf: (id: string) => string,
): string {
  const parts = [
    actions.departmentId !== null && `it goes to ${nameOf(actions.departmentId)}`,
    actions.priority !== null && `its priority is ${priorityWords[actions.priority].toLowerCase()}`,
    actions.requiredSkills.length > 0 && `it needs somebody who knows ${actions.requiredSkills.join(' and ')}`,
    actions.additionalSkills.length > 0 &&
      `better somebody who knows ${actions.additionalSkills.map(({ skill }) => skill).join(', ')}`,
    actions.tags.length > 0 && `it is tagged ${actions.tags.join(', ')}`,
  ].filter((part) => part !== false)
  const said = parts.join(', ')
  const end = afterwards === 'stop' ? 'No later rule is asked.' : 'Later rules add what is left open.'
  return said === '' ? `Nothing follows. ${end}` : `${said.charAt(0).toUpperCase()}${said.slice(1)}. ${end}`
}
