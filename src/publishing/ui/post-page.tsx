// One post: its words, what it is doing on each account, what can be done, everything that happened to it, and its numbers.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { truncateText } from '../../connectors/text.ts'
import { api } from '../../kit/api.ts'
import { AppPage, Section } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { RequestPanel } from './approvals/request-panel.tsx'
import { BelongsLine } from './belongs-line.tsx'
import { PostClicks } from './links/post-clicks.tsx'
import { ReuseMenu } from './originality/reuse-menu.tsx'
import { Usefulness } from './originality/usefulness.tsx'
import { PostActions } from './post-actions.tsx'
import { PostWords } from './post-words.tsx'
import { SeriesNote } from './series/series-note.tsx'
import { PostLives } from './stock/post-lives.tsx'
import type { Post } from './use-saver.ts'
import { VariantCard } from './variant-card.tsx'
import { Way } from './way-timeline.tsx'
import './refusal-words.ts'
import './posts.css'

const PostNumbers = lazy(async () => ({ default: (await import('./post-numbers.tsx')).PostNumbers }))

const route = getRouteApi('/o/$slug/posts/$postId')

const going = new Set(['sending', 'processing', 'looking-up'])

/** While something is going on people watch; else a look every half minute is enough. */
export function pollMs(post: Post | undefined, now: number): number {
  const soon = post?.variants.some(
    ({ state, dueAt, wakeAt }) =>
      going.has(state) || (state === 'scheduled' && Date.parse(wakeAt ?? dueAt ?? '') - now < 60_000),
  )
  return soon ? 2000 : 30_000
}

export function PostPage() {
  const { postId } = route.useParams()
  const org = useOrg()
  const accounts = useAccounts()
  const post = useQuery(
    api.posts.read.queryOptions({
      input: { org: org.id, id: postId },
      staleTime: 0,
      refetchInterval: ({ state }) => pollMs(state.data, Date.now()),
    }),
  )
  const every = pollMs(post.data, Date.now())
  const title = truncateText(post.data?.summary ?? '', 64) || 'Post'
  const published = post.data?.variants.some(({ publishedAt }) => publishedAt !== null)
  return (
    <AppPage
      title={title}
      aside={post.data && <StateBadge state={post.data.state} />}
      crumbs={[
        <TextLink key="posts" inherit to="/o/$slug/posts" params={{ slug: org.slug }}>
          Posts
        </TextLink>,
      ]}
      description={post.data && <Origin post={post.data} />}
      actions={
        post.data && (
          <PostActions post={post.data}>
            <ReuseMenu post={post.data} />
          </PostActions>
        )
      }
    >
      {(post.isPending || accounts.pending) && <LoadingRows />}
      <ErrorPanel
        error={post.error ?? accounts.error}
        retry={() => void Promise.all([post.refetch(), accounts.retry()])}
      />
      {post.data && !accounts.pending && (
        <div className="po-layout">
          <div className="po-main">
            <RequestPanel postId={post.data.id} accounts={accounts} every={every} />
            <Section title="On each account">
              {post.data.variants.length === 0 && <p className="po-note">No account is chosen yet.</p>}
              {post.data.variants.map((variant) => (
                <VariantCard key={variant.id} post={post.data} variant={variant} accounts={accounts} />
              ))}
            </Section>
            {published && (
              <Section
                title="Numbers"
                description="Read at 15, 30 and 60 minutes, 2, 4, 8, 24 and 48 hours, 7 and 30 days after it went out."
              >
                <Suspense fallback={<LoadingRows rows={3} />}>
                  <PostNumbers post={post.data} accounts={accounts} />
                </Suspense>
              </Section>
            )}
            {published && (
              <Section title="Age" description="A post counts as alive for three half-lives of its channel and kind.">
                <PostLives postId={post.data.id} accounts={accounts} />
              </Section>
            )}
            <PostClicks postId={post.data.id} accounts={accounts} />
            <SeriesNote post={post.data} />
            <Section title="The way" description="Everything that happened to it.">
              <Way post={post.data} accounts={accounts} every={every} />
            </Section>
          </div>
          <aside className="po-side" aria-label="The words">
            <BelongsLine post={post.data} />
            <Usefulness postId={post.data.id} />
            <PostWords post={post.data} accounts={accounts} orgId={org.id} />
          </aside>
        </div>
      )}
    </AppPage>
  )
}

function Origin({ post }: { post: Post }) {
  const changed = post.updatedAt !== post.createdAt
  return (
    <>
      Begun by {post.createdBy.name || 'a former member'} <TimeText at={post.createdAt} relative />
      {changed && (
        <>
          , changed{post.updatedBy.id !== post.createdBy.id && ` by ${post.updatedBy.name || 'a former member'}`}{' '}
          <TimeText at={post.updatedAt} relative />
        </>
      )}
      .
    </>
  )
}
