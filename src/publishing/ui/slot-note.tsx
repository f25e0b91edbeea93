// Which slot “next free slot” means right now, before anybody commits to it.

import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { api } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'

export function SlotNote({ accountId, kind }: { accountId: string; kind: 'always-on' | 'campaign' }) {
  const org = useOrg()
  const { nameOf } = useAccounts()
  const slot = useQuery(api.posts.nextSlot.queryOptions({ input: { org: org.id, accountId, kind }, staleTime: 0 }))
  const name = nameOf(accountId)
  if (slot.error) return <ErrorPanel error={slot.error} retry={() => void slot.refetch()} />
  if (!slot.data) return <p className="cp-note">Looking for the next free slot…</p>
  if (!slot.data.dueAt) {
    return (
      <p className="cp-note">
        {name} has no free slot.{' '}
        <TextLink to="/o/$slug/accounts/$accountId" params={{ slug: org.slug, accountId }} size="sm">
          Set its weekly slots
        </TextLink>
      </p>
    )
  }
  return (
    <p className="cp-note">
      The next free slot of {name} is{' '}
      <b>
        <TimeText at={slot.data.dueAt} zone={slot.data.zone} />
      </b>
      .
    </p>
  )
}
