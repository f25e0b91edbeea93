// Who is told of a promise that is due soon or broken, and how long each has to say that they see to it.

import { Button, Group, MultiSelect, NumberInput, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import '@mantine/core/styles/NumberInput.css'

type Ladder = Output<typeof client.ladder.read>

export function LadderSection() {
  const org = useOrg()
  const ladder = useQuery(api.ladder.read.queryOptions({ input: { org: org.id } }))
  return (
    <Section
      title="When a promise breaks"
      description="Due soon: who has it is told. Broken: the deputy, then the manager, then those who are always there. Whoever is away is passed over."
    >
      {ladder.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={ladder.error} retry={() => void ladder.refetch()} />
      {ladder.data && <LadderFields key={org.id} ladder={ladder.data} />}
    </Section>
  )
}

const fields = ['Who has it', 'Deputy', 'Manager'] as const

function LadderFields({ ladder }: { ladder: Ladder }) {
  const org = useOrg()
  const may = useMay()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id } }))
  const [draft, setDraft] = useState(ladder)
  const save = useAct(api.ladder, () => client.ladder.change({ org: org.id, ...draft }))
  const change = may('promises.change')
  const people = (members.data ?? []).filter(({ id, endedAt }) => !endedAt || draft.always.includes(id))
  return (
    <Stack gap="md">
      <div className="pr-fields">
        {fields.map((label, index) => (
          <NumberInput
            key={label}
            label={`${label}: minutes to say so`}
            min={1}
            max={10_080}
            allowDecimal={false}
            readOnly={!change}
            value={draft.minutes[index]}
            onChange={(value) => {
              const minutes: Ladder['minutes'] = [...draft.minutes]
              minutes[index] = Math.max(1, Number(value) || 1)
              setDraft({ ...draft, minutes })
            }}
          />
        ))}
      </div>
      <MultiSelect
        label="Who is always there"
        description="Nobody chosen: owners and admins."
        searchable
        readOnly={!change}
        data={people.map(({ id, name, endedAt }) => ({ value: id, label: endedAt ? `${name} (left)` : name }))}
        value={draft.always}
        onChange={(always) => setDraft({ ...draft, always })}
      />
      {change && (
        <Group>
          <Button
            variant="default"
            loading={save.isPending}
            disabled={JSON.stringify(draft) === JSON.stringify(ladder)}
            onClick={() => save.mutate()}
          >
            Save
          </Button>
        </Group>
      )}
    </Stack>
  )
}
