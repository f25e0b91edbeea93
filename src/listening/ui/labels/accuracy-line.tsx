// One line below every chart of moods: how often the machine and people say the same here, or that nobody knows yet.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import './labels.css'

/** `topic`: only texts that were drawn from it. */
export function AccuracyLine({ topic }: { topic?: string }) {
  const org = useOrg()
  const accuracy = useQuery(api.labels.accuracy.queryOptions({ input: { org: org.id, topic }, staleTime: 60_000 }))
  if (!accuracy.data) return null
  const { sentence, figure } = accuracy.data.sentiment
  return (
    <p className="lb-accuracy">
      {sentence}{' '}
      <TextLink to="/o/$slug/listen/coding" params={{ slug: org.slug }} inherit>
        {figure ? 'Coding room' : 'Have two people code some'}
      </TextLink>
    </p>
  )
}
