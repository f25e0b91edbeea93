// What cannot go on without a person: posts in doubt, refused or parked, and accounts that lost their connection.

import { Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { api, type client, type Output } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { Line } from './line.tsx'

type Account = Output<typeof client.accounts.list>[number]

const states = ['unconfirmed', 'rejected', 'parked'] as const
const actions = { unconfirmed: 'Decide', rejected: 'Mend', parked: 'Look' } as const

export function NeedsYou({ accounts, quiet }: { accounts: Account[]; quiet: boolean }) {
  const org = useOrg()
  const lost = accounts.filter((account) => account.state === 'needs-reconnect')
  const lists = useQueries({
    queries: states.map((state) =>
      api.posts.list.queryOptions({ input: { org: org.id, state, limit: 20 }, refetchInterval: 30_000 }),
    ),
  })
  const failed = lists.find((list) => list.error)
  const pending = lists.some((list) => list.isPending)
  const nothing = !pending && !failed && lost.length === 0 && lists.every((list) => list.data?.items.length === 0)
  if (quiet && nothing) return null
  return (
    <section aria-labelledby="needs-you" className="lr-panel td-part">
      <Title order={2} id="needs-you">
        Needs you
      </Title>
      <ErrorPanel error={failed?.error} retry={() => void failed?.refetch()} />
      {pending && <LoadingRows rows={2} />}
      {nothing && (
        <p className="td-calm">
          <IconCircleCheck size={20} aria-hidden /> Nothing. Everything runs by itself.
        </p>
      )}
      <ul className="td-lines">
        {lost.map((account) => (
          <LostAccount key={account.id} account={account} />
        ))}
        {states.flatMap((state, index) =>
          (lists[index]?.data?.items ?? []).map((post) => (
            <Line key={post.id} title={post.summary || 'Without text'} badge={<StateBadge state={post.state} />}>
              <ButtonLink
                to="/o/$slug/posts/$postId"
                params={{ slug: org.slug, postId: post.id }}
                size="compact-sm"
                variant="light"
              >
                {actions[state]}
              </ButtonLink>
            </Line>
          )),
        )}
      </ul>
    </section>
  )
}

const waiting = (posts: number): string => (posts === 1 ? '1 post waits for it' : `${count(posts, 'post')} wait for it`)

function LostAccount({ account }: { account: Account }) {
  const { slug } = useOrg()
  const search: LinkProps['search'] = { network: account.connector, account: account.id }
  return (
    <Line
      title={account.name}
      badge={<StateBadge state={account.state} />}
      note={account.scheduledCount > 0 ? waiting(account.scheduledCount) : undefined}
    >
      <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }} search={search} size="compact-sm" variant="light">
        Reconnect
      </ButtonLink>
    </Line>
  )
}
