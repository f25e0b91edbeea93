// The posts of a campaign: how many in each state, and the next and newest of them.

import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { urgencyOrder } from '../../rules.ts'
import type { VariantState } from '../../types.ts'
import type { Campaign } from './campaign-form-page.tsx'

export function CampaignPosts({ campaign }: { campaign: Campaign }) {
  const org = useOrg()
  const may = useMay()
  const accounts = useAccounts()
  const input = { org: org.id, campaignId: campaign.id }
  const posts = useQuery(api.posts.list.queryOptions({ input: { ...input, order: 'changed', limit: 12 } }))
  const results = useQuery(api.campaigns.results.queryOptions({ input: { org: org.id, id: campaign.id } }))
  const states = (results.data?.byState ?? []).toSorted(
    (a, b) => urgencyOrder.indexOf(a.state as VariantState) - urgencyOrder.indexOf(b.state as VariantState),
  )
  const all = (
    <TextLink to="/o/$slug/posts" params={{ slug: org.slug }} search={{ campaign: campaign.id }} size="sm">
      All posts of it
    </TextLink>
  )
  return (
    <Section title="Posts" actions={posts.data?.items.length ? all : null}>
      {states.length > 0 && (
        <ul className="cm-counts" aria-label="Posts by state">
          {states.map(({ state, count }) => (
            <li key={state}>
              <TextLink
                to="/o/$slug/posts"
                params={{ slug: org.slug }}
                search={{ campaign: campaign.id, state }}
                underline="never"
              >
                <strong>{count}</strong> <StateBadge state={state as VariantState} />
              </TextLink>
            </li>
          ))}
        </ul>
      )}
      {posts.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={posts.error} retry={() => void posts.refetch()} />
      {posts.data?.items.length === 0 && (
        <EmptyState
          order={3}
          title="No posts yet"
          action={
            may('posts.write') &&
            campaign.state !== 'closed' && (
              <ButtonLink
                to="/o/$slug/compose"
                params={{ slug: org.slug }}
                search={{ campaign: campaign.id }}
                variant="default"
              >
                Write a post for it
              </ButtonLink>
            )
          }
        >
          What is written for this campaign stands here. Posts of every day belong to always-on.
        </EmptyState>
      )}
      <ul className="cm-posts">
        {posts.data?.items.map((post) => (
          <li key={post.id}>
            <TextLink to="/o/$slug/posts/$postId" params={{ slug: org.slug, postId: post.id }} c="inherit">
              {post.summary || 'Without text'}
            </TextLink>
            <span className="cm-post-facts">
              <StateBadge state={post.state} />
              <span>{post.accountIds.map(accounts.nameOf).join(', ') || 'No account yet'}</span>
              <TimeText at={post.dueAt} none="No time yet" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
