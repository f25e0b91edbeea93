// What the post belongs to: a campaign or always-on, a department, who answers for it, and who began it.

import { Input, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { PersonSelect } from '../../kit/person-select.tsx'
import { initiators } from '../types.ts'
import { daysText } from './campaigns/campaign-days.ts'
import { campaignStateLook, initiatorWords } from './campaigns/campaign-words.ts'
import { useDepartments } from './campaigns/use-departments.ts'
import type { BelongingState } from './use-belonging.ts'
import { alwaysOn, useCampaignOptions } from './use-campaign-options.ts'

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
