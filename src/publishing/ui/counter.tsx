// How much of a text's length is used, counted as each network counts; one counter for accounts that count alike.

import { VisuallyHidden } from '@mantine/core'
import { type Account, limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { Limits } from '../../connectors/contract.ts'
import { measureUpTo, utf8Length } from '../../connectors/text.ts'
import { textGoingOut } from '../links/rules.ts'
import { useComposer } from './composer-context.ts'

interface Rule {
  key: string
  max: number
  text: Limits['text']
  names: string[]
  /** By which its links go out; those of one account, for they are about as long on the others. */
  accountId: string
}

/** `maxOf` picks the limit that counts for this field; undefined: the network does not take it. */
function rulesOf(
  accounts: Account[],
  networkOf: (account: Account) => string,
  maxOf: (limits: Limits) => number | undefined,
): Rule[] {
  const rules = new Map<string, Rule>()
  for (const account of accounts) {
    const limits = limitsOf(account)
    const max = maxOf(limits)
    if (max === undefined) continue
    const { unit, maxBytes, urlLength, localMentions } = limits.text
    const key = JSON.stringify([max, unit, maxBytes, urlLength, localMentions])
    const rule = rules.get(key) ?? { key, max, text: limits.text, names: [], accountId: account.id }
    const name = networkOf(account)
    if (!rule.names.includes(name)) rule.names.push(name)
    rules.set(key, rule)
  }
  return [...rules.values()].sort((a, b) => a.max - b.max)
}

interface CountersProps {
  text: string
  maxOf?: (limits: Limits) => number | undefined
}

export function Counters({ text, maxOf = ({ text: { max } }) => max }: CountersProps) {
  const { concerned, accounts } = useComposer()
  const rules = rulesOf(concerned, accounts.networkOf, maxOf)
  return (
    <div className="cp-counters">
      {rules.map((rule) => (
        <Counter key={rule.key} text={text} rule={rule} named={rules.length > 1} />
      ))}
    </div>
  )
}

const units = { graphemes: 'characters', 'code-points': 'characters', utf16: 'characters', bytes: 'bytes' } as const

function Counter({ text: written, rule, named }: { text: string; rule: Rule; named: boolean }) {
  const { outgoing } = useComposer()
  const text = textGoingOut(written, outgoing.get(rule.accountId))
  const { max, text: limits } = rule
  const count = measureUpTo(text, limits, max + 100_000)
  const bytes = limits.maxBytes === undefined ? null : utf8Length(text)
  const over = count > max || (bytes !== null && bytes > limits.maxBytes!)
  const near = !over && max - count <= Math.min(20, max / 10)
  const state = over ? 'over' : near ? 'near' : 'fits'
  return (
    <span className="cp-counter" data-state={state}>
      {named && <span className="cp-counter-name">{rule.names.join(', ')}</span>}
      <span>
        <b>{count.toLocaleString('en')}</b> / {max.toLocaleString('en')}
        <VisuallyHidden> {units[limits.unit]} used</VisuallyHidden>
      </span>
      {bytes !== null && limits.unit !== 'bytes' && (
        <span data-over={bytes > limits.maxBytes! || undefined}>
          {bytes.toLocaleString('en')} / {limits.maxBytes!.toLocaleString('en')} bytes
        </span>
      )}
      {/* Told only when it changes: every keystroke would be noise. */}
      <VisuallyHidden role="status">
        {over ? `Too long by ${Math.max(1, count - max)}` : near ? 'Nearly full' : ''}
      </VisuallyHidden>
    </span>
  )
}
