// Everything that stands against the post on all accounts, each with the way to the words it concerns.

import { Anchor } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { count } from '../../kit/words.ts'
import { useComposer } from './composer-context.ts'
import { hasOwnWords } from './composition.ts'
import { saidOnce } from './field-issues.tsx'

export function IssueOverview() {
  const { issues, accounts, composition, setPlace, chosen } = useComposer()
  // An empty sheet needs no reproach.
  const said = saidOnce(issues.filter(({ code }) => code !== 'post.empty'))
  if (said.length === 0) return null
  const errors = said.filter(({ level }) => level === 'error').length
  const go = (accountId: string) => setPlace(hasOwnWords(composition, accountId) ? accountId : 'all')
  return (
    <details className="cp-overview" open={errors > 0}>
      <summary>
        {errors > 0 && count(errors, 'error')}
        {errors > 0 && said.length > errors && ', '}
        {said.length > errors && count(said.length - errors, 'note')}
      </summary>
      <ul className="cp-issues">
        {said.map((issue) => (
          <li key={issue.text} data-level={issue.level}>
            {issue.level === 'error' ? (
              <IconCircleX size={16} aria-label="Error" />
            ) : (
              <IconAlertTriangle size={16} aria-label="Note" />
            )}
            <span>
              {issue.text}{' '}
              <Anchor component="button" type="button" size="xs" onClick={() => go(issue.accountIds[0]!)}>
                {issue.accountIds.length === chosen.length
                  ? 'All accounts'
                  : issue.accountIds.map(accounts.nameOf).join(', ')}
              </Anchor>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
