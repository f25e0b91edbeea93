// Fires a crossing point by hand, or rehearses it: then people are told that it is one, and nothing else happens.

import { Button, Select, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { actionWords, outcomeWords } from './campaign-words.ts'
import type { Point } from './crossings-page.tsx'

export function FireActions({ point }: { point: Point }) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const campaignId = useRef<string | null>(null)
  const fire = async (rehearsal: boolean) => {
    const chosen = campaignId.current ?? undefined
    const firing = await client.crossings.fire({ org: org.id, id: point.id, rehearsal, campaignId: chosen })
    await refresh(queryClient, api.crossings, api.campaigns, api.posts, api.events)
    showDone(firing.outcome ? outcomeWords(firing.outcome) : 'It failed; see below')
  }
  const ask = (rehearsal: boolean) => {
    campaignId.current = null
    void confirm({
      title: rehearsal ? `Rehearse “${point.name}”?` : `Fire “${point.name}” now?`,
      action: rehearsal ? 'Rehearse' : 'Fire it',
      danger: !rehearsal && point.action.startsWith('hold'),
      body: (
        <Stack gap="sm">
          <Text size="sm">
            {rehearsal
              ? 'Those who would be told are told that it is a rehearsal. Nothing else happens.'
              : `As if it had happened: ${actionWords[point.action]}.`}
          </Text>
          <ChooseCampaign choose={(id) => (campaignId.current = id)} />
        </Stack>
      ),
      run: () => fire(rehearsal),
    })
  }
  const byHand = point.standing.state !== 'waits' && point.action !== 'quick-campaign'
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        Rehearse
      </Button>
      {byHand && (
        <Button variant="default" onClick={() => ask(false)}>
          Fire now
        </Button>
      )}
    </>
  )
}

function ChooseCampaign({ choose }: { choose: (id: string | null) => void }) {
  const org = useOrg()
  const campaigns = useQuery(api.campaigns.list.queryOptions({ input: { org: org.id, limit: 200 } }))
  return (
    <Select
      label="For a campaign"
      placeholder="None in particular"
      searchable
      clearable
      data={(campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onChange={choose}
    />
  )
}
