// Begins something: what it is, and off it goes.

import { Button, Group, Select } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { activityOptions } from '../activity-words.ts'
import { CampaignSelect } from '../campaign-select.tsx'

/** `own`: activities of the organisation that nobody else knows. */
export function StartTimer({ own }: { own: readonly string[] }) {
  const org = useOrg()
  const [activity, setActivity] = useState<string>('short-post')
  const [campaignId, setCampaign] = useState<string | null>(null)
  const start = useAct(api.time, () => client.time.start({ org: org.id, activity, campaignId }))
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="What do you do now?"
        w={240}
        allowDeselect={false}
        data={activityOptions(own)}
        value={activity}
        onChange={(value) => value && setActivity(value)}
      />
      <CampaignSelect label="For which campaign" w={200} value={campaignId} onChange={setCampaign} />
      <Button leftSection={<IconPlayerPlay size={16} />} loading={start.isPending} onClick={() => start.mutate()}>
        Start
      </Button>
    </Group>
  )
}
