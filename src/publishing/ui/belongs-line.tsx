// On the page of a post: whether it belongs to a campaign or to always-on, who began it, who answers for it.

import { useQuery } from '@tanstack/react-query'
import { useMemberNames } from '../../accounts/ui/use-member-names.ts'
import { api } from '../../kit/api.ts'
import { TextLink } from '../../kit/links.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { initiatorWords } from './campaigns/campaign-words.ts'
import { useDepartments } from './campaigns/use-departments.ts'
import type { Post } from './use-saver.ts'

export function BelongsLine({ post: { belonging } }: { post: Post }) {
  const org = useOrg()
  const departments = useDepartments()
  const nameOf = useMemberNames()
  const { campaignId, departmentId, ownerId, initiator } = belonging
  const campaign = useQuery({
    ...api.campaigns.read.queryOptions({ input: { org: org.id, id: campaignId ?? '' } }),
    enabled: campaignId !== null,
  })
  const more = [
    `begun by ${initiatorWords[initiator].label.toLowerCase()}`,
    ...(departmentId ? [departments.nameOf(departmentId)] : []),
    ...(ownerId ? [`owner ${nameOf(ownerId) ?? ''}`] : []),
  ].filter(Boolean)
  return (
    <p className="po-note">
      {campaignId ? (
        <>
          Campaign{' '}
          <TextLink to="/o/$slug/campaigns/$campaignId" params={{ slug: org.slug, campaignId }}>
            {campaign.data?.name ?? '…'}
          </TextLink>
        </>
      ) : (
        <TextLink to="/o/$slug/posts" params={{ slug: org.slug }} search={{ campaign: 'none' }}>
          Always-on
        </TextLink>
      )}
      {`, ${more.join(', ')}`}
    </p>
  )
}
