// Drafts, the ones changed last first.

import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { TodoLine, TodoList } from '../../kit/todo-list.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'

export function Drafts({ quiet }: { quiet: boolean }) {
  const org = useOrg()
  const may = useMay()
  const { slug } = org
  const drafts = useQuery(
    api.posts.list.queryOptions({ input: { org: org.id, state: 'draft', limit: 6, order: 'changed' } }),
  )
  if (quiet && !drafts.data?.items.length) return null
  return (
    <section aria-labelledby="drafts" className="lr-panel td-part">
      <div className="td-head">
        <Title order={2} id="drafts">
          Drafts
        </Title>
        {drafts.data?.nextCursor && (
          <TextLink to="/o/$slug/posts" params={{ slug }} search={{ state: 'draft' }} size="sm">
            All drafts
          </TextLink>
        )}
      </div>
      <ErrorPanel error={drafts.error} retry={() => void drafts.refetch()} />
      {drafts.isPending && <LoadingRows rows={2} />}
      {drafts.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          No drafts. Feeds may bring an idea.
        </Text>
      )}
      <TodoList>
        {drafts.data?.items.map((post) => (
          <TodoLine
            key={post.id}
            title={post.summary || 'Without text'}
            note={
              <>
                changed <TimeText at={post.updatedAt} relative />
              </>
            }
          >
            {may('posts.write') ? (
              <ButtonLink
                to="/o/$slug/compose"
                params={{ slug }}
                search={{ post: post.id }}
                size="compact-sm"
                variant="subtle"
                color="gray"
              >
                Continue
              </ButtonLink>
            ) : (
              <ButtonLink
                to="/o/$slug/posts/$postId"
                params={{ slug, postId: post.id }}
                size="compact-sm"
                variant="subtle"
                color="gray"
              >
                Open
              </ButtonLink>
            )}
          </TodoLine>
        ))}
      </TodoList>
    </section>
  )
}
