// Beside the time of a post: what the organisation said before that is much like it, and why; and whether too much is recycled.

import { IconCopy, IconRecycle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { recycledShare } from '../../stock/rules.ts'
import { useComposer } from '../composer-context.ts'
import type { SavedPost } from '../saver.ts'
import './said-before.css'

type Similar = Output<typeof client.originality.similar>[number]

/** `post` as it was saved last: its words are compared at the server. */
export function SaidBefore({ post }: { post: Pick<SavedPost, 'id' | 'revision'> | null }) {
  const org = useOrg()
  const similar = useQuery({
    ...api.originality.similar.queryOptions({ input: { org: org.id, id: post?.id ?? '' } }),
    queryKey: ['similar', org.id, post?.id, post?.revision],
    enabled: post !== null,
    placeholderData: keepPreviousData,
  })
  const found = similar.data ?? []
  if (!post) return null
  return (
    <>
      {found.length > 0 && (
        <details className="sb-note" open={found.some(({ again }) => again)}>
          <summary>
            <IconCopy size={16} aria-hidden />
            {found.some(({ again }) => again) ? 'Said already, word for word' : 'Much like something said before'}
          </summary>
          <ul className="sb-list">
            {found.map((each) => (
              <SimilarLine key={each.postId} similar={each} />
            ))}
          </ul>
          <p className="sb-means">
            Own words of the last 90 days and those planned are compared; links and hashtags are left out. You can
            schedule it anyway.
          </p>
        </details>
      )}
      <TooMuchRecycled postId={post.id} />
    </>
  )
}

function SimilarLine({ similar }: { similar: Similar }) {
  const { slug } = useOrg()
  const { accounts } = useComposer()
  const percent = Math.round(similar.likeness * 100)
  return (
    <li>
      <TextLink inherit to="/o/$slug/posts/$postId" params={{ slug, postId: similar.postId }}>
        {similar.summary || 'A post'}
      </TextLink>
      <span className="lr-below">
        {percent === 100 ? 'The same words' : `${percent} % alike`} · {accounts.nameOf(similar.accountId)} ·{' '}
        <TimeText at={similar.at} />
      </span>
      {percent < 100 && similar.same.length > 0 && (
        <span className="lr-below">Same: {similar.same.map((run) => `“${run}”`).join(', ')}</span>
      )}
    </li>
  )
}

function TooMuchRecycled({ postId }: { postId: string }) {
  const org = useOrg()
  const { accounts, chosen } = useComposer()
  const post = useQuery(api.posts.read.queryOptions({ input: { org: org.id, id: postId }, staleTime: 60_000 }))
  const recycled = post.data?.belonging.origin === 'recycled'
  const stock = useQuery({
    ...api.stock.read.queryOptions({ input: { org: org.id }, staleTime: 60_000 }),
    enabled: recycled,
  })
  if (!recycled || !stock.data) return null
  const { settings, accounts: stocks } = stock.data
  const over = stocks
    .filter(({ accountId }) => chosen.some(({ id }) => id === accountId))
    .map((each) => ({
      ...each,
      after: recycledShare(each.recycled.recycled + 1, each.recycled.n + 1, settings.recycledLimit),
    }))
    .filter(({ after }) => after.over)
  if (over.length === 0) return null
  return (
    <p className="sb-recycled">
      <IconRecycle size={16} aria-hidden />
      <span>
        {over
          .map(({ accountId, after }) => `${accounts.nameOf(accountId)}: ${after.recycled} of ${after.n} posts`)
          .join('; ')}{' '}
        of 90 days would be recycled, with this one. At most {settings.recycledLimit} % are wanted.
      </span>
    </p>
  )
}
