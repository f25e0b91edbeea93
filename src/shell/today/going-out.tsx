// What goes out in the rest of the viewer's day, in order, and what went out in the last hour.

import { Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { addDays, instantOf, wallTimeIn } from '../../kit/time.ts'
import { TimeText, useNow } from '../../kit/time-text.tsx'
import { TodoLine, TodoList } from '../../kit/todo-list.tsx'
import { useOrg, useViewer } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'

type Account = Output<typeof client.accounts.list>[number]

/** Nobody reads more lines of a day; the calendar has them all. */
const most = 50

const hourMs = 3_600_000
const wholeHour = (at: Date) => new Date(Math.floor(at.getTime() / hourMs) * hourMs)

/** Stopped for good, or under “Needs you”. */
const elsewhere = ['cancelled', 'removed', 'rejected', 'unconfirmed', 'parked']

export function GoingOut({ accounts }: { accounts: Account[] }) {
  const org = useOrg()
  const { zone } = useViewer()
  const now = useNow(60_000)
  const today = wallTimeIn(now, zone).slice(0, 10)
  const from = new Date(Math.max(instantOf(today, zone).getTime(), wholeHour(now).getTime() - hourMs))
  const to = instantOf(addDays(today, 1), zone)
  const input = { org: org.id, from: from.toISOString(), to: to.toISOString(), zone, most }
  const posts = useQuery(
    api.posts.calendar.queryOptions({ input, refetchInterval: 30_000, placeholderData: keepPreviousData }),
  )
  const planned = posts.data?.posts.filter((post) => !elsewhere.includes(post.state))
  const more = (posts.data?.cells[0]?.count ?? 0) - (posts.data?.posts.length ?? 0)
  const names = (ids: string[]) =>
    ids.map((id) => accounts.find((account) => account.id === id)?.name ?? 'a removed account').join(', ')
  return (
    <section aria-labelledby="going-out" className="lr-panel td-part">
      <div className="td-head">
        <Title order={2} id="going-out">
          Goes out today
        </Title>
        <TextLink to="/o/$slug/calendar" params={{ slug: org.slug }} size="sm">
          Calendar
        </TextLink>
      </div>
      <ErrorPanel error={posts.error} retry={() => void posts.refetch()} />
      {posts.isPending && <LoadingRows rows={3} />}
      {planned?.length === 0 && more === 0 && (
        <Text size="sm" c="dimmed">
          Nothing more is planned for today.
        </Text>
      )}
      <TodoList>
        {planned?.map((post) => (
          <TodoLine
            key={post.id}
            lead={<TimeText at={post.dueAt} style="time" />}
            title={post.summary || 'Without text'}
            badge={<StateBadge state={post.state} />}
            note={names(post.accountIds)}
          >
            <ButtonLink
              to="/o/$slug/posts/$postId"
              params={{ slug: org.slug, postId: post.id }}
              size="compact-sm"
              variant="subtle"
              color="gray"
            >
              Open
            </ButtonLink>
          </TodoLine>
        ))}
      </TodoList>
      {more > 0 && (
        <Text size="sm" c="dimmed">
          And {count(more, 'more post')}: the calendar has them all.
        </Text>
      )}
    </section>
  )
}
