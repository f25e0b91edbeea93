// Fires a crossing point by hand, or rehearses it: then people are told that it is one, and nothing else happens.

import { Button, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { actionWords, outcomeWords } from './campaign-words.ts'
import type { Point } from './crossings-page.tsx'

type Way = 'rehearse' | 'fire'

export function FireActions({ point }: { point: Point }) {
  const [asked, setAsked] = useState<Way | null>(null)
  const byHand = point.standing.state !== 'waits' && point.action !== 'quick-campaign'
  const close = () => setAsked(null)
  return (
    <>
      <Button variant="default" onClick={() => setAsked('rehearse')}>
        Rehearse
      </Button>
      {byHand && (
        <Button variant="default" onClick={() => setAsked('fire')}>
          Fire now
        </Button>
      )}
      <Modal
        opened={asked !== null}
        onClose={close}
        title={asked === 'fire' ? `Fire “${point.name}” now?` : `Rehearse “${point.name}”?`}
      >
        {asked && <FireForm point={point} way={asked} close={close} />}
      </Modal>
    </>
  )
}

function FireForm({ point, way, close }: { point: Point; way: Way; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const campaigns = useQuery(api.campaigns.list.queryOptions({ input: { org: org.id, limit: 200 } }))
  const [campaignId, setCampaignId] = useState<string | null>(null)
  const rehearsal = way === 'rehearse'
  const fire = useMutation({
    mutationFn: () =>
      client.crossings.fire({ org: org.id, id: point.id, rehearsal, campaignId: campaignId ?? undefined }),
    onSuccess: async (firing) => {
      close()
      await refresh(queryClient, api.crossings, api.campaigns, api.briefs, api.posts, api.events)
      showDone(firing.outcome ? outcomeWords(firing.outcome) : 'It failed; see below')
    },
  })
  return (
    <Stack gap="md">
      <Text size="sm">
        {rehearsal
          ? 'Those who would be told are told that it is a rehearsal. Nothing else happens.'
          : `As if it had happened: ${actionWords[point.action]}.`}
      </Text>
      <Select
        label="For a campaign"
        placeholder="None in particular"
        searchable
        clearable
        data={(campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={campaignId}
        onChange={setCampaignId}
      />
      <ErrorPanel error={fire.error} kept="Nothing happened." />
      <DialogActions
        close={close}
        action={rehearsal ? 'Rehearse' : 'Fire it'}
        run={() => fire.mutate()}
        working={fire.isPending}
        danger={!rehearsal && point.action.startsWith('hold')}
      />
    </Stack>
  )
}
