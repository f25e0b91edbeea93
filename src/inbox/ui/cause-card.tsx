// What a conversation came of: the post of ours above it, its campaign, and the topics that listen for that.

import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Conversation } from './inbox-words.ts'

export function CauseCard({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const { data } = useQuery(api.causes.read.queryOptions({ input: { org: org.id, id: conversation.id } }))
  if (!data) return null
  const { post, elsewhere, campaign, topics } = data
  if (!post && !elsewhere && !campaign && topics.length === 0) return null
  return (
    <Section title="What caused it">
      <div className="ib-others">
        {post && <OurPost post={post} />}
        {elsewhere && (
          <p>
            {elsewhere.url ? (
              <Anchor href={elsewhere.url} target="_blank" rel="noopener noreferrer nofollow" inherit>
                {elsewhere.title || 'A post of yours'}
              </Anchor>
            ) : (
              elsewhere.title || 'A post of yours'
            )}
            <br />
            <span className="ib-facts">Written elsewhere than in Longrun</span>
          </p>
        )}
        {campaign && (
          <p>
            Campaign{' '}
            <TextLink to="/o/$slug/campaigns/$campaignId" params={{ slug: org.slug, campaignId: campaign.id }} inherit>
              {campaign.name}
            </TextLink>
          </p>
        )}
        {topics.map(({ id, name }) => (
          <p key={id}>
            Listened for as{' '}
            <TextLink to="/o/$slug/listen" params={{ slug: org.slug }} search={{ topic: id }} inherit>
              {name}
            </TextLink>
          </p>
        ))}
      </div>
    </Section>
  )
}

function OurPost({ post }: { post: NonNullable<Output<typeof client.causes.read>['post']> }) {
  const { slug } = useOrg()
  return (
    <p>
      {post.isDeleted ? (
        post.summary || 'A post of yours'
      ) : (
        <TextLink to="/o/$slug/posts/$postId" params={{ slug, postId: post.id }} inherit>
          {post.summary || 'A post of yours'}
        </TextLink>
      )}
      <br />
      <span className="ib-facts">
        Your post
        {post.publishedAt && (
          <>
            {' '}
            of <TimeText at={post.publishedAt} />
          </>
        )}
      </span>
    </p>
  )
}
