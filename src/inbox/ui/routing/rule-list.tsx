// Rules as sentences in their order, which is changed by buttons and with Alt and the arrow keys.

import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import { count } from '../../../kit/words.ts'
import type { NamedRule } from './routing-words.ts'
import { actionLine, conditionLine } from './rule-words.ts'
import { useNames } from './use-names.ts'

interface RuleListProps {
  rules: NamedRule[]
  /** How often each decided something; null: nobody has tried. */
  used: readonly { ruleId: string; times: number }[] | null
  mayChange: boolean
  change: (rules: NamedRule[]) => void
  edit: (rule: NamedRule) => void
}

export function RuleList({ rules, used, mayChange, change, edit }: RuleListProps) {
  const nameOf = useNames()
  const list = useRef<HTMLOListElement>(null)
  const move = (from: number, by: -1 | 1) => {
    const to = from + by
    if (to < 0 || to >= rules.length) return
    const next = [...rules]
    next.splice(to, 0, ...next.splice(from, 1))
    change(next)
    // Whoever moves it by keyboard goes on with it.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-change]')[to]?.focus())
  }
  const onKeyDown = (at: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(at, event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <>
      {mayChange && rules.length > 1 && <p className="ro-facts">Alt with the arrow keys moves a rule.</p>}
      <ol className="ro-rules" aria-label="Rules" ref={list}>
        {rules.map((named, at) => (
          <li key={named.id} className="ro-rule" onKeyDown={mayChange ? onKeyDown(at) : undefined}>
            <div>
              <h3>
                {at + 1}. {named.rule.name}
              </h3>
              <p>{conditionLine(named, nameOf)}</p>
              <p>{actionLine(named, nameOf)}</p>
              {used && (
                <p className="ro-facts">
                  {count(used.find(({ ruleId }) => ruleId === named.id)?.times ?? 0, 'time')} in what was tried
                </p>
              )}
            </div>
            {mayChange && (
              <div className="ro-order">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Move ${named.rule.name} up`}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Move ${named.rule.name} down`}
                  disabled={at === rules.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
                <Button
                  data-change
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Change ${named.rule.name}`}
                  onClick={() => edit(named)}
                >
                  Change
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="crimson"
                  aria-label={`Remove ${named.rule.name}`}
                  onClick={() => change(rules.filter(({ id }) => id !== named.id))}
                >
                  Remove
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
