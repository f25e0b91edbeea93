// Where a file is used: posts with their states, by department, those whose time comes after its permission; campaigns, briefs and series.

import { IconAlertTriangle } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { allItems, api, paging } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { StateBadge, stateLook } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

export function FileUses({ id }: { id: string }) {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const uses = useInfiniteQuery(
    api.mediaUses.read.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  const first = uses.data?.pages[0]
  const departmentOf = (departmentId: string | null) =>
    departments.data?.find((each) => each.id === departmentId)?.name ?? 'no department'
  return (
    <section aria-labelledby="file-uses">
      <h3 id="file-uses">Where it is used</h3>
      {uses.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={uses.error} retry={() => void uses.refetch()} />
      {first && first.total === 0 && (
        <p className="lr-dimmed">
          {first.campaigns.length + first.briefs.length + first.series.length > 0
            ? 'In no post yet.'
            : 'In no post, series, campaign or brief.'}
        </p>
      )}
      {first && <OtherUses campaigns={first.campaigns} briefs={first.briefs} series={first.series} />}
      {first && first.total > 0 && (
        <p className="lr-dimmed">
          {count(first.total, 'post')}:{' '}
          {first.byState.map(({ state, posts }) => `${posts} ${stateLook[state].label.toLowerCase()}`).join(', ')}
          {first.byDepartment.some(({ departmentId }) => departmentId !== null) &&
            `; ${first.byDepartment.map(({ departmentId, posts }) => `${posts} of ${departmentOf(departmentId)}`).join(', ')}`}
        </p>
      )}
      <ul className="md-uses">
        {allItems(uses.data)?.map((post) => (
          <li key={post.id}>
            <TextLink to="/o/$slug/posts/$postId" params={{ slug: org.slug, postId: post.id }}>
              {post.summary || 'Without text'}
            </TextLink>
            <span className="md-use-facts">
              <StateBadge state={post.state} /> <TimeText at={post.dueAt} none="" />
            </span>
            {post.late && (
              <span className="md-late">
                <IconAlertTriangle size={14} aria-hidden /> Planned after the last day of use: it will not be sent.
              </span>
            )}
          </li>
        ))}
      </ul>
      <LoadMore list={uses} compact />
    </section>
  )
}

interface Named {
  id: string
  name: string
}

function OtherUses({ campaigns, briefs, series }: Record<'campaigns' | 'briefs' | 'series', Named[]>) {
  const { slug } = useOrg()
  if (campaigns.length + briefs.length + series.length === 0) return null
  return (
    <ul className="md-uses">
      {campaigns.map(({ id, name }) => (
        <li key={id}>
          <TextLink to="/o/$slug/campaigns/$campaignId" params={{ slug, campaignId: id }}>
            {name}
          </TextLink>
          <span className="md-use-facts">Campaign</span>
        </li>
      ))}
      {briefs.map(({ id, name }) => (
        <li key={id}>
          <TextLink to="/o/$slug/briefs/$briefId" params={{ slug, briefId: id }}>
            {name}
          </TextLink>
          <span className="md-use-facts">Brief</span>
        </li>
      ))}
      {series.map(({ id, name }) => (
        <li key={id}>
          <TextLink to="/o/$slug/series/$seriesId" params={{ slug, seriesId: id }}>
            {name || 'Without text'}
          </TextLink>
          <span className="md-use-facts">Series</span>
        </li>
      ))}
    </ul>
  )
}
