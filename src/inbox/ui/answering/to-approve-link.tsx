// How many answers wait for consent, for whoever may give it.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

const mostCounted = 50

export function ToApproveLink() {
  const org = useOrg()
  const may = useMay()
  const { data } = useQuery({
    ...api.answerApprovals.list.queryOptions({ input: { org: org.id, limit: mostCounted } }),
    enabled: may('inbox.approve'),
  })
  if (!data?.items.length) return null
  const more = data.nextCursor ? 'More than ' : ''
  return (
    <ButtonLink to="/o/$slug/inbox/to-approve" params={{ slug: org.slug }} variant="default">
      {more}
      {count(data.items.length, 'answer')} to approve
    </ButtonLink>
  )
}
