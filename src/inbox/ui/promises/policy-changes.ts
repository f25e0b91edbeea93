// What a version of a promise says, line by line, and what it says otherwise than the one before. Pure.

import { hoursWords, minutesWords } from '../../promises/rules.ts'
import type { PromiseTarget } from '../../promises/types.ts'
import { effectWords, metricWords, reopenedWords, targetWords, type Version, whomWords } from './promise-words.ts'

export interface PolicyLine {
  label: string
  text: string
}

export interface PolicyChange {
  label: string
  /** null: it was not said before. */
  before: string | null
  /** null: it is not said any more. */
  after: string | null
}

interface Fact extends PolicyLine {
  /** What has to be the same for nothing to have changed: names may, and words leave things out. */
  key: string
}

type Said = Pick<Version, 'policy' | 'hours'>

export const policyLines = (version: Said, nameOf: (id: string) => string): PolicyLine[] =>
  factsOf(version, nameOf).map(({ label, text }) => ({ label, text }))

/** In the order in which a version is read. */
export function policyChanges(before: Said, after: Said, nameOf: (id: string) => string): PolicyChange[] {
  const [was, is] = [factsOf(before, nameOf), factsOf(after, nameOf)]
  const labels = [...new Set([...is, ...was].map(({ label }) => label))]
  return labels.flatMap((label) => {
    const [one, other] = [was, is].map((facts) => facts.find((fact) => fact.label === label))
    if (one?.key === other?.key) return []
    const isSaidAlike = one && other && one.text === other.text
    return [
      {
        label,
        before: one?.text ?? null,
        after: isSaidAlike ? `${other.text}; days of it changed` : (other?.text ?? null),
      },
    ]
  })
}

function factsOf({ policy, hours }: Said, nameOf: (id: string) => string): Fact[] {
  const fact = (label: string, raw: unknown, text: string): Fact => ({ label, text, key: JSON.stringify(raw) })
  return [
    fact('Name', policy.name, policy.name),
    fact('Applies to', policy.conditions, whomWords(policy.conditions, nameOf)),
    fact('Hours', hours, hours ? hoursWords(hours) : 'Every hour counts'),
    ...policy.targets.map((target) => fact(metricWords[target.metric].label, target, targetLine(target))),
    ...(policy.topics.length > 0 ? [fact('People may ask about', policy.topics, policy.topics.join(', '))] : []),
  ]
}

/** “in 4 hours of opening hours, warned 30 minutes before, stands still while it is put off”. */
function targetLine(target: PromiseTarget): string {
  const { metric, dueSoonMinutes, whileWaiting, whileOnHold, whenReopened } = target
  return [
    targetWords(target).slice(metricWords[metric].label.length + 1),
    dueSoonMinutes !== null && `warned ${minutesWords(dueSoonMinutes)} before`,
    whileWaiting !== 'run' && `${effectWords[whileWaiting]} while we wait for them`,
    whileOnHold !== 'run' && `${effectWords[whileOnHold]} while it is put off`,
    whenReopened !== 'continue' && `${reopenedWords[whenReopened]} when it is opened again`,
  ]
    .filter(Boolean)
    .join(', ')
}
