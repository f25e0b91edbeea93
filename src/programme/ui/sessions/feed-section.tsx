// The address under which another calendar shows my sessions: made, shown once, renewed, ended.

import { Button, Group } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'

export function FeedSection() {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const found = useQuery(api.sessionFeed.read.queryOptions({ input: { org: org.id } }))
  const make = useMutation({
    mutationFn: () => client.sessionFeed.make({ org: org.id }),
    onSuccess: () => found.refetch(),
    onError: (error) => showProblem(error),
  })
  if (!may('programme.log')) return null
  const feed = found.data?.feed
  const end = () =>
    confirm({
      title: 'End the address?',
      body: 'Calendars that show your sessions by it show them no longer.',
      action: 'End it',
      danger: true,
      run: async () => {
        await client.sessionFeed.end({ org: org.id })
        make.reset()
        await found.refetch()
      },
    })
  return (
    <Section
      title="In your calendar"
      description="Another calendar, on your phone or at your desk, can show your own sessions by a secret address. Nobody else’s are in it."
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {make.data && feed && (
        <>
          <CopyField label="Address" value={make.data.url} />
          <p className="lr-dimmed">It is shown this once. Whoever has it can read your sessions: give it to nobody.</p>
        </>
      )}
      {feed && (
        <p className="lr-dimmed">
          Made <TimeText at={feed.madeAt} />, last read <TimeText at={feed.lastReadAt} none="never yet" />.
        </p>
      )}
      <Group gap="xs">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {feed ? 'Make a new address' : 'Make an address'}
        </Button>
        {feed && (
          <Button variant="default" onClick={() => void end()}>
            End the address
          </Button>
        )}
      </Group>
    </Section>
  )
}
