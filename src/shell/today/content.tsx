// What content needs: accounts that run dry, and briefs whose day is near and which have nothing to be made from.

import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../kit/api.ts'
import { ButtonLink } from '../../kit/links.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { dayText } from '../../kit/time.ts'
import { TodoLine, TodoList } from '../../kit/todo-list.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { daysText } from '../../publishing/ui/stock/stock-words.ts'

type Account = Output<typeof client.accounts.list>[number]

/** Nothing where nothing is wanted; what could not be read is told on the page Stock. */
export function Content({ accounts }: { accounts: Account[] }) {
  const { id: org, slug } = useOrg()
  const stock = useQuery(api.stock.low.queryOptions({ input: { org }, refetchInterval: 300_000 }))
  const briefs = useQuery(api.briefs.list.queryOptions({ input: { org, lacking: true, limit: 200 } }))
  const dry = stock.data ?? []
  const bare = briefs.data?.items ?? []
  if (dry.length + bare.length === 0) return null
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? 'An account'
  return (
    <section aria-labelledby="content" className="lr-panel td-part">
      <Title order={2} id="content">
        Content
      </Title>
      <TodoList>
        {dry.map(({ accountId, days, ready }) => (
          <TodoLine
            key={accountId}
            title={nameOf(accountId)}
            badge={<Badge tone="amber">Runs dry</Badge>}
            note={days ? `${count(ready, 'post')} for ${daysText(days)}` : 'nothing is ready'}
          >
            <ButtonLink
              to="/o/$slug/compose"
              params={{ slug }}
              search={{ account: accountId }}
              size="compact-sm"
              variant="light"
            >
              Write
            </ButtonLink>
          </TodoLine>
        ))}
        {bare.map(({ id, title, dueOn }) => (
          <TodoLine
            key={id}
            title={title}
            badge={<Badge tone="amber">Material missing</Badge>}
            note={dueOn ? `due ${dayText(dueOn)}` : undefined}
          >
            <ButtonLink to="/o/$slug/briefs/$briefId" params={{ slug, briefId: id }} size="compact-sm" variant="light">
              Look
            </ButtonLink>
          </TodoLine>
        ))}
      </TodoList>
    </section>
  )
}
