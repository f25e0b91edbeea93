// Asks for an opinion of each area, before anything of the evidence is shown.

import { SegmentedControl, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Area, areas } from '../../assessment/types.ts'
import { areaWords } from '../programme-words.ts'
import '@mantine/core/styles/SegmentedControl.css'

const grades = [
  { value: '1', label: 'Never' },
  { value: '2', label: 'Seldom' },
  { value: '3', label: 'At times' },
  { value: '4', label: 'Mostly' },
  { value: '5', label: 'Always' },
]

type Values = Record<Area, string> & Record<string, unknown>

export function AssessmentForm({ close }: { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: { listening: '3', answering: '3', publishing: '3', sharing: '3', measuring: '3', lasting: '3' },
    send: (values) => {
      const of = (area: Area) => Number(values[area])
      return client.assessments.take({
        org: org.id,
        opinions: {
          ...{ listening: of('listening'), answering: of('answering'), publishing: of('publishing') },
          ...{ sharing: of('sharing'), measuring: of('measuring'), lasting: of('lasting') },
        },
      })
    },
    done: async () => {
      await refresh(queryClient, api.assessments)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Show what the weeks say" close={close} label="Where we stand">
      <Stack gap="md">
        {areas.map((area) => (
          <fieldset key={area} className="plan-question">
            <legend>{areaWords[area].says}</legend>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={areaWords[area].label}
              data={grades}
              value={form.values.values[area]}
              onChange={(value) => form.values.setFieldValue(area, value as never)}
            />
          </fieldset>
        ))}
      </Stack>
    </ServerForm>
  )
}
