// What stands against one field, below it: each sentence once, with the accounts it concerns.

import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useComposer } from './composer-context.ts'
import type { AccountIssue } from './use-issues.ts'
import { issueWords } from './words.ts'

export interface SaidIssue {
  level: 'error' | 'warning'
  text: string
  accountIds: string[]
}

export function saidOnce(issues: AccountIssue[]): SaidIssue[] {
  const said = new Map<string, SaidIssue>()
  for (const issue of issues) {
    const text = issueWords(issue)
    const known = said.get(text)
    if (known) {
      if (!known.accountIds.includes(issue.accountId)) known.accountIds.push(issue.accountId)
    } else said.set(text, { level: issue.level, text, accountIds: [issue.accountId] })
  }
  return [...said.values()]
}

/** Issues of the accounts whose words are shown. `inside` takes also those of deeper fields. */
export function useFieldIssues(field: string, inside = false): AccountIssue[] {
  const { issues, concerned } = useComposer()
  const ids = new Set(concerned.map(({ id }) => id))
  return issues.filter(
    (issue) => ids.has(issue.accountId) && (issue.field === field || (inside && issue.field.startsWith(`${field}.`))),
  )
}

export const hasError = (issues: AccountIssue[]): boolean => issues.some(({ level }) => level === 'error')

export function FieldIssues({ id, field, inside }: { id?: string; field: string; inside?: boolean }) {
  const { accounts, concerned } = useComposer()
  const said = saidOnce(useFieldIssues(field, inside))
  if (said.length === 0) return null
  return (
    <ul className="cp-issues" id={id}>
      {said.map((issue) => (
        <li key={issue.text} data-level={issue.level}>
          {issue.level === 'error' ? (
            <IconCircleX size={16} aria-hidden />
          ) : (
            <IconAlertTriangle size={16} aria-hidden />
          )}
          <span>
            {issue.accountIds.length < concerned.length && <b>{issue.accountIds.map(accounts.nameOf).join(', ')}: </b>}
            {issue.text}
          </span>
        </li>
      ))}
    </ul>
  )
}
