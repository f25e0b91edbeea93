// What stands against a post, per account: at once from the limits, and a moment later from the network's own rules.

import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Account, limitsOf } from '../../accounts/ui/use-accounts.ts'
import { checkDraft } from '../../connectors/check.ts'
import { issueCodes } from '../../connectors/check-run.ts'
import type { Draft, Issue, Limits } from '../../connectors/contract.ts'
import { api } from '../../kit/api.ts'
import { goingOut, namingLinks } from '../links/rules.ts'
import { deliveredDraft } from '../rules.ts'
import type { SavedForm } from './composition.ts'

export interface AccountIssue extends Issue {
  accountId: string
}

const knownHere = new Set<string>([...issueCodes, 'text.too-long-with-links', 'text.too-many-bytes-with-links'])

/** Links of an account's post that go out otherwise than they were written. */
export type Outgoing = ReadonlyMap<string, ReadonlyMap<string, string>>

interface Checks {
  issues: AccountIssue[]
  outgoing: Outgoing
}

/** `postId`: where the post is stored already. `at`: when it is to go out, since permissions for files may have ended by then; null: now. */
export function useChecks(
  orgId: string,
  { postId, at, form }: { postId: string | null; at: string | null; form: SavedForm },
  accounts: Account[],
): Checks {
  const [settled] = useDebouncedValue(form, 600)
  const [settledAt] = useDebouncedValue(at, 600)
  const checked = useQuery(
    api.posts.check.queryOptions({
      input: {
        ...{ org: orgId, id: postId ?? undefined, content: settled.content, variants: settled.variants },
        at: settledAt ?? undefined,
      },
      enabled: settled.variants.length > 0,
      placeholderData: keepPreviousData,
      staleTime: 60_000,
      gcTime: 60_000,
    }),
  )
  const current = checked.data && !checked.isPlaceholderData && settled === form && settledAt === at
  const outgoing = useMemo(
    () =>
      new Map(
        (checked.data ?? []).map(({ accountId, links }) => [
          accountId,
          new Map(links.map(({ written, goesOut }) => [written, goesOut])),
        ]),
      ),
    [checked.data],
  )
  const issues = useMemo(() => {
    if (current)
      return inOrder(
        (checked.data ?? []).flatMap(({ accountId, issues }) => issues.map((issue) => ({ ...issue, accountId }))),
        form,
      )
    const local = accounts.flatMap((account) => {
      const variant = form.variants.find((each) => each.accountId === account.id)
      return variant
        ? checkOutgoing(variant.content ?? form.content, limitsOf(account), outgoing.get(account.id)).map((issue) => ({
            ...issue,
            accountId: account.id,
          }))
        : []
    })
    // What only the network knows stays as it was until it is asked again.
    const remote = (checked.data ?? []).flatMap(({ accountId, issues }) =>
      issues.filter((issue) => !knownHere.has(issue.code)).map((issue) => ({ ...issue, accountId })),
    )
    return inOrder([...local, ...remote], form)
  }, [current, checked.data, accounts, form, outgoing])
  return { issues, outgoing }
}

/** Links and pictures are checked as the network will receive them: Longrun fits them itself. */
function checkOutgoing(draft: Draft, limits: Limits, links: ReadonlyMap<string, string> | undefined): Issue[] {
  const check = (words: Draft) => checkDraft(deliveredDraft(words, limits), limits)
  return links?.size ? namingLinks(check(goingOut(draft, links)), check(draft)) : check(draft)
}

/** Only of accounts that are still chosen; errors first. */
function inOrder(issues: AccountIssue[], form: SavedForm): AccountIssue[] {
  const chosen = new Set(form.variants.map(({ accountId }) => accountId))
  return issues
    .filter(({ accountId }) => chosen.has(accountId))
    .toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))
}
