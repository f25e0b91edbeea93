// What cannot go on without a person: posts in doubt, refused or parked, what holds made posts miss, replies, lost accounts, alarms.

import { Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { api, type client, type Output } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { Badge, StateBadge } from '../../kit/state-badge.tsx'
import { TodoLine, TodoList } from '../../kit/todo-list.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { alarmLook } from '../../programme/ui/guards/guard-words.ts'
import { outcomeWords } from '../../publishing/ui/campaigns/campaign-words.ts'
import { holdTitle } from '../../publishing/ui/holds/hold-words.ts'
import { useWaiting } from './use-waiting.ts'

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
  const waiting = useWaiting()
  const failed = lists.find((list) => list.error)
  const error = failed?.error ?? waiting.error
  const pending = waiting.pending || lists.some((list) => list.isPending)
  const others = lost.length + waiting.holds.length + waiting.handed.length + waiting.alarms.length
  const nothing = !pending && !error && others === 0 && lists.every((list) => list.data?.items.length === 0)
  if (quiet && nothing) return null
  return (
    <section aria-labelledby="needs-you" className="lr-panel td-part">
      <Title order={2} id="needs-you">
        Needs you
      </Title>
      <ErrorPanel error={error} retry={() => void Promise.all([failed?.refetch(), waiting.retry()])} />
      {pending && <LoadingRows rows={2} />}
      {nothing && (
        <p className="td-calm">
          <IconCircleCheck size={20} aria-hidden /> Nothing. Everything runs by itself.
        </p>
      )}
      <TodoList>
        {lost.map((account) => (
          <LostAccount key={account.id} account={account} />
        ))}
        {waiting.holds.map((hold) => (
          <TodoLine
            key={hold.id}
            title={`The hold has ended: ${holdTitle(hold)}`}
            badge={<Badge tone="amber">To decide</Badge>}
            note={`${count(hold.missed, 'post')} missed ${hold.missed === 1 ? 'its' : 'their'} time`}
          >
            <ButtonLink
              to="/o/$slug/holds/$holdId"
              params={{ slug: org.slug, holdId: hold.id }}
              size="compact-sm"
              variant="light"
            >
              Decide
            </ButtonLink>
          </TodoLine>
        ))}
        {waiting.handed.map(({ id, campaign, outcome }) => (
          <TodoLine
            key={id}
            title={`Replies to ${campaign?.name || 'a campaign'}`}
            badge={<Badge tone="amber">To take</Badge>}
            note={outcome && outcomeWords(outcome)}
          >
            <ButtonLink to="/o/$slug/campaigns/crossings" params={{ slug: org.slug }} size="compact-sm" variant="light">
              Look
            </ButtonLink>
          </TodoLine>
        ))}
        <Alarms alarms={waiting.alarms} />
        {states.flatMap((state, index) =>
          (lists[index]?.data?.items ?? []).map((post) => (
            <TodoLine key={post.id} title={post.summary || 'Without text'} badge={<StateBadge state={post.state} />}>
              <ButtonLink
                to="/o/$slug/posts/$postId"
                params={{ slug: org.slug, postId: post.id }}
                size="compact-sm"
                variant="light"
              >
                {actions[state]}
              </ButtonLink>
            </TodoLine>
          )),
        )}
      </TodoList>
    </section>
  )
}

type Waiting = ReturnType<typeof useWaiting>['alarms']

function Alarms({ alarms }: { alarms: Waiting }) {
  const { slug } = useOrg()
  return alarms.map(({ id, says, level, todo }) => (
    <TodoLine
      key={id}
      title={says}
      badge={<Badge tone={alarmLook[level].tone}>{alarmLook[level].label}</Badge>}
      note={todo}
    >
      <ButtonLink to="/o/$slug/programme/guards" params={{ slug }} size="compact-sm" variant="light">
        Answer
      </ButtonLink>
    </TodoLine>
  ))
}

const postsWait = (posts: number): string =>
  posts === 1 ? '1 post waits for it' : `${count(posts, 'post')} wait for it`

function LostAccount({ account }: { account: Account }) {
  const { slug } = useOrg()
  const search: LinkProps['search'] = { network: account.connector, account: account.id }
  return (
    <TodoLine
      title={account.name}
      badge={<StateBadge state={account.state} />}
      note={account.scheduledCount > 0 ? postsWait(account.scheduledCount) : undefined}
    >
      <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }} search={search} size="compact-sm" variant="light">
        Reconnect
      </ButtonLink>
    </TodoLine>
  )
}
