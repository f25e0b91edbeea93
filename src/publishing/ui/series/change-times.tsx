// Changes when a series happens: another rule, time or zone, for all that lies ahead or from one of its posts on.

import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { WallTimeFields } from '../wall-time-fields.tsx'
import { RepeatPreview } from './repeat-fields.tsx'
import type { SeriesWhole } from './series-page.tsx'
import { useSeriesChange } from './use-series-change.ts'

const route = getRouteApi('/o/$slug/series/$seriesId')

export function ChangeTimes({ series, close }: { series: SeriesWhole; close: () => void }) {
  const org = useOrg()
  const { slug } = route.useParams()
  const navigate = useNavigate()
  const change = useSeriesChange()
  const ahead = series.occurrences.filter(({ at }) => Date.parse(at) > Date.now())
  const [from, setFrom] = useState(ahead[0]?.wall ?? 'all')
  const [rule, setRule] = useState(series.rule)
  const [wall, setWall] = useState(ahead[0]?.wall ?? series.wall)
  const [zone, setZone] = useState(series.zone)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async () => {
    setSending(true)
    setError(null)
    const where = from === 'all' ? {} : { from }
    try {
      const changed = await change(
        () => client.series.change({ org: org.id, id: series.id, rule, wall, zone, ...where }),
        'The series was changed',
      )
      close()
      await navigate({ to: '/o/$slug/series/$seriesId', params: { slug, seriesId: changed.id } })
    } catch (caught) {
      setError(caught)
      setSending(false)
    }
  }
  const choose = (value: string | null) => {
    setFrom(value ?? 'all')
    setWall(value && value !== 'all' ? value : series.wall)
  }
  return (
    <Modal opened onClose={close} title="When does it happen?">
      <Stack gap="sm">
        <Select
          label="Which posts"
          allowDeselect={false}
          value={from}
          onChange={choose}
          data={[
            ...ahead.map(({ wall: each }) => ({ value: each, label: `From ${each.replace('T', ' ')} on` })),
            { value: 'all', label: 'All that lie ahead, counted from the beginning' },
          ]}
        />
        <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} error={null} />
        <TextInput
          label="Rule (RFC 5545)"
          description="FREQ=WEEKLY;BYDAY=MO,TH or FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20271231"
          value={rule}
          onChange={(event) => setRule(event.currentTarget.value)}
        />
        {rule.trim() && wall.length >= 16 && <RepeatPreview rule={rule} wall={wall} zone={zone} />}
        <ErrorPanel error={error} kept="Nothing was changed." />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} disabled={sending}>
            Cancel
          </Button>
          <Button onClick={() => void send()} loading={sending}>
            Change it
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
