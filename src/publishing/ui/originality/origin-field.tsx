// Whether the post is original, adapted for somebody, or recycled; with the post it comes from.

import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Post } from '../use-saver.ts'

const means = {
  original: 'Made for this.',
  adapted: 'Made over from something else, for somebody else.',
  recycled: 'Used again as it was. Its share is measured on the page Stock.',
} as const
type Origin = keyof typeof means

/** The post must be saved once: its origin is a fact beside its words. */
export function OriginField({ postId }: { postId: string | null }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const post = useQuery({
    ...api.posts.read.queryOptions({ input: { org: org.id, id: postId ?? '' }, staleTime: 60_000 }),
    enabled: postId !== null,
  })
  const [whom, setWhom] = useState<string | null>(null)
  if (!post.data) return null
  const { origin, originPostId, adaptedFor } = post.data.belonging
  const assign = async (change: { origin?: Origin; adaptedFor?: string | null }) => {
    try {
      const changed: Post = await client.posts.assign({ org: org.id, id: post.data.id, ...change })
      queryClient.setQueryData(api.posts.read.queryKey({ input: { org: org.id, id: changed.id } }), changed)
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <section className="lr-panel cp-schedule" aria-labelledby="origin">
      <h2 id="origin">Origin</h2>
      <Stack gap="xs">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="origin"
          disabled={!may('posts.write')}
          value={origin}
          onChange={(next) => void assign({ origin: next as Origin })}
          data={[
            { value: 'original', label: 'Original' },
            { value: 'adapted', label: 'Adapted' },
            { value: 'recycled', label: 'Recycled' },
          ]}
        />
        <p className="cp-note">
          {means[origin]}{' '}
          {originPostId && (
            <TextLink inherit to="/o/$slug/posts/$postId" params={{ slug: org.slug, postId: originPostId }}>
              From this post
            </TextLink>
          )}
        </p>
        {origin === 'adapted' && (
          <TextInput
            size="xs"
            label="For whom"
            maxLength={200}
            value={whom ?? adaptedFor ?? ''}
            onChange={(event) => setWhom(event.currentTarget.value)}
            onBlur={() => whom !== null && void assign({ adaptedFor: whom.trim() || null })}
          />
        )}
      </Stack>
    </section>
  )
}
