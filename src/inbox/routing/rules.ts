// What rules decide about a conversation: department, skills, priority, tags; with the rule that decided each of them.

import type { SaidKind } from '../../connectors/converse.ts'
import type { Intent, Sentiment } from '../../listening/text/types.ts'
import type { Priority } from '../promises/types.ts'
import type { AdditionalSkill, RoutingConditions, RoutingRule } from './types.ts'

/** One rule in its version; versions never change. */
export interface RuleInForce {
  id: string
  rule: RoutingRule
}

export interface RoutingFacts {
  accountId: string
  saidAs: SaidKind
  intents: readonly Intent[]
  sentiment: Sentiment | null
  /** null: not known. */
  language: string | null
  text: string
  topicIds: readonly string[]
  authorState: string | null
  campaignId: string | null
}

export interface Because {
  ruleId: string
  name: string
  /** What of its conditions held: `words: refund`. Empty: it has none. */
  held: string[]
}

export interface RoutingDecision {
  departmentId: string | null
  requiredSkills: string[]
  additionalSkills: AdditionalSkill[]
  priority: Priority
  tags: string[]
  reasons: { department: Because | null; priority: Because | null; skills: Because[]; tags: Because[] }
}

/** The first rule that says a thing decides it; skills and tags add up. A rule that stops is the last one looked at. */
export function decide(inOrder: readonly RuleInForce[], facts: RoutingFacts): RoutingDecision {
  const text = foldText(facts.text)
  const found: RoutingDecision = {
    departmentId: null,
    requiredSkills: [],
    additionalSkills: [],
    priority: 'normal',
    tags: [],
    reasons: { department: null, priority: null, skills: [], tags: [] },
  }
  for (const { id, rule } of inOrder) {
    const held = whatHolds(rule.conditions, facts, text)
    if (!held) continue
    add(found, rule, { ruleId: id, name: rule.name, held })
    if (rule.afterwards === 'stop') break
  }
  return found
}

function add(found: RoutingDecision, { actions }: RoutingRule, because: Because): void {
  if (actions.departmentId !== null && found.departmentId === null) {
    found.departmentId = actions.departmentId
    found.reasons.department = because
  }
  if (actions.priority !== null && found.reasons.priority === null) {
    found.priority = actions.priority
    found.reasons.priority = because
  }
  const required = actions.requiredSkills.filter((each) => !found.requiredSkills.includes(each))
  const additional = actions.additionalSkills.filter(
    ({ skill }) => !found.additionalSkills.some((each) => each.skill === skill),
  )
  if (required.length + additional.length > 0) found.reasons.skills.push(because)
  found.requiredSkills.push(...required)
  // What is required by one rule needs no asking for by another.
  found.additionalSkills = [...found.additionalSkills, ...additional].filter(
    ({ skill }) => !found.requiredSkills.includes(skill),
  )
  const tags = actions.tags.filter((each) => !found.tags.includes(each))
  if (tags.length > 0) found.reasons.tags.push(because)
  found.tags.push(...tags)
}

/** What held, by condition; null: one of them did not. */
export function whatHolds(
  wanted: RoutingConditions,
  facts: RoutingFacts,
  text = foldText(facts.text),
): string[] | null {
  const { language } = facts
  const checks: [name: string, wanted: readonly string[], holds: (each: string) => boolean][] = [
    ['account', wanted.accountIds, (each) => each === facts.accountId],
    ['kind', wanted.saidAs, (each) => each === facts.saidAs],
    ['intent', wanted.intents, (each) => facts.intents.some((intent) => intent === each)],
    ['sentiment', wanted.sentiments, (each) => each === facts.sentiment],
    ['language', wanted.languages, (each) => language !== null && isOfLanguage(language, each)],
    ['topic', wanted.topicIds, (each) => facts.topicIds.includes(each)],
    ['author', wanted.authorStates, (each) => each === facts.authorState],
    ['campaign', wanted.campaignIds, (each) => each === facts.campaignId],
    ['words', wanted.words, (each) => saysWord(text, each)],
  ]
  const held: string[] = []
  for (const [name, some, holds] of checks) {
    if (some.length === 0) continue
    const one = some.find(holds)
    if (one === undefined) return null
    held.push(`${name}: ${one}`)
  }
  return held
}

const isOfLanguage = (is: string, wanted: string): boolean => {
  const [one, other] = [is.toLowerCase(), wanted.toLowerCase()]
  return one === other || one.startsWith(`${other}-`)
}

/** Folded as words of conditions are: case and the way of writing of a sign make no difference. */
const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')

const isOfWord = /[\p{L}\p{M}\p{N}_]/u
/** Writing without spaces between words: there a word may stand inside. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function saysWord(text: string, wanted: string): boolean {
  const open = wanted.endsWith('*')
  const word = foldText(open ? wanted.slice(0, -1) : wanted)
  if (word === '') return false
  const free = withoutSpaces.test(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ''
    const after = [...text.slice(at + word.length, at + word.length + 2)][0] ?? ''
    const begins = free || !isOfWord.test(before) || !isOfWord.test(word[0]!)
    const ends = free || open || !isOfWord.test(after) || !isOfWord.test(word.at(-1)!)
    if (begins && ends) return true
  }
  return false
}
