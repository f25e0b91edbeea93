// What the post belongs to: a campaign or always-on, a department, who answers for it, and who began it.

import { Input, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { PersonSelect } from '../../kit/person-select.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { initiators } from '../types.ts'
import { daysText } from './campaigns/campaign-days.ts'
import { campaignStateLook, initiatorWords } from './campaigns/campaign-words.ts'
import { useDepartments } from './campaigns/use-departments.ts'
import type { BelongingState } from './use-belonging.ts'

/** Stands for no campaign in lists to choose from. */
export const alwaysOn = 'none'

/** `children`: further parts, such as what it was made from. */
export function BelongsPanel({ belonging, children }: { belonging: BelongingState; children?: ReactNode }) {
  const { value, set, error } = belonging
  const departments = useDepartments()
  const { options, campaign } = useCampaignOptions(value.campaignId)
  return (
    <section className="lr-panel cp-schedule" aria-labelledby="belongs">
      <h2 id="belongs">Belongs to</h2>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label="Campaign or always-on"
            description={
              campaign
                ? `${campaignStateLook[campaign.state].label}, ${daysText(campaign.beginsOn, campaign.endsOn)}`
                : 'Always-on has no end, and its own lane'
            }
            inputWrapperOrder={['label', 'input', 'description']}
            searchable
            allowDeselect={false}
            data={options}
            value={value.campaignId ?? alwaysOn}
            onChange={(next) => set({ campaignId: next === alwaysOn ? null : next })}
          />
          <Input.Wrapper
            label="Begun by"
            labelElement="div"
            labelProps={{ id: 'initiator' }}
            description={initiatorWords[value.initiator].means}
            inputWrapperOrder={['label', 'input', 'description']}
          >
            <SegmentedControl
              fullWidth
              aria-labelledby="initiator"
              value={value.initiator}
              onChange={(next) => set({ initiator: next as (typeof initiators)[number] })}
              data={initiators.map((each) => ({ value: each, label: initiatorWords[each].label }))}
            />
          </Input.Wrapper>
          <PersonSelect
            label="Owner"
            placeholder="Who wrote it"
            value={value.ownerId}
            onChange={(ownerId) => set({ ownerId })}
          />
          {(departments.options.length > 0 || value.departmentId) && (
            <Select
              label="Department"
              placeholder="None"
              clearable
              data={departments.options}
              value={value.departmentId}
              onChange={(departmentId) => set({ departmentId })}
            />
          )}
        </SimpleGrid>
        {children}
        <ErrorPanel error={error} kept="Your words are saved; only this was not changed." />
      </Stack>
    </section>
  )
}

/** Always-on first, then what is open; a closed campaign only while the post belongs to it. */
export function useCampaignOptions(chosen: string | null) {
  const org = useOrg()
  const open = useQuery(
    api.campaigns.list.queryOptions({ input: { org: org.id, state: 'open', limit: 200 }, staleTime: 60_000 }),
  )
  const listed = open.data?.items ?? []
  const other = useQuery({
    ...api.campaigns.read.queryOptions({ input: { org: org.id, id: chosen ?? '' } }),
    enabled: chosen !== null && open.isSuccess && !listed.some(({ id }) => id === chosen),
    retry: false,
  })
  const campaign = listed.find(({ id }) => id === chosen) ?? (other.data?.id === chosen ? other.data : undefined)
  const known = [...listed.map(({ id, name }) => ({ value: id, label: name }))]
  if (chosen && !known.some(({ value }) => value === chosen))
    known.push({ value: chosen, label: campaign?.name ?? (other.isError ? 'A campaign that is not there' : '…') })
  return { options: [{ value: alwaysOn, label: 'Always-on' }, ...known], campaign }
}
