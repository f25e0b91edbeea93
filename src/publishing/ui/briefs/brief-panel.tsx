// Beside the words of a post: the brief it is made from.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { BriefMaterial } from './brief-material.tsx'

export function BriefPanel({ briefId }: { briefId: string }) {
  const org = useOrg()
  const brief = useQuery(api.briefs.read.queryOptions({ input: { org: org.id, id: briefId }, staleTime: 60_000 }))
  if (!brief.data) return null
  return (
    <details className="lr-panel br-panel" open>
      <summary>The brief</summary>
      <TextLink to="/o/$slug/briefs/$briefId" params={{ slug: org.slug, briefId }}>
        {brief.data.title}
      </TextLink>
      <BriefMaterial brief={brief.data} />
    </details>
  )
}
