// Changes when a series happens: another rule, time or zone, for all that lies ahead or from one of its posts on.

import { Modal, Select, Stack } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { wallText } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { WallTimeFields } from '../wall-time-fields.tsx'
import { choiceOf, isSameRule, ruleOf } from './repeat-choice.ts'
import { RepeatFields } from './repeat-fields.tsx'
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
  const [wall, setWall] = useState(ahead[0]?.wall ?? series.wall)
  const [choice, setChoice] = useState(() => choiceOf(series.rule, wall))
  const rule = ruleOf(choice, wall)
  const [zone, setZone] = useState(series.zone)
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async () => {
    if (!rule) return
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
    const next = value && value !== 'all' ? value : series.wall
    setFrom(value ?? 'all')
    setWall(next)
    // Another day of the same rule: the fourth Tuesday of one month is the last one of another, and nobody meant to change that.
    if (isSameRule(rule, series.rule)) setChoice(choiceOf(series.rule, next))
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
            ...ahead.map(({ wall: each }) => ({ value: each, label: `From ${wallText(each)} on` })),
            { value: 'all', label: 'All that lie ahead, counted from the beginning' },
          ]}
        />
        <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} error={null} />
        <RepeatFields always {...{ choice, rule, wall, zone }} change={setChoice} />
        <ErrorPanel error={error} kept="Nothing was changed." />
        <DialogActions close={close} action="Change it" run={send} working={sending} disabled={!rule || wall === ''} />
      </Stack>
    </Modal>
  )
}
