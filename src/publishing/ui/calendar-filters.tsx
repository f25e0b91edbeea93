// Whose posts the calendar shows: of an account, a campaign or always-on, a department, a person. Kept in the address; on a phone behind a button.

import { Button, Collapse, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { PersonSelect } from '../../kit/person-select.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { DepartmentSelect } from '../../people/ui/department-select.tsx'
import { useCampaigns } from './bulk/use-campaigns.ts'

const route = getRouteApi('/o/$slug/calendar')

export interface Whose {
  accountId?: string
  campaignId?: string
  departmentId?: string
  ownerId?: string
}

const id = (value: string | undefined): string | undefined =>
  value && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : undefined

/** What somebody typed into the address by hand and is no id filters nothing. */
export function useWhose(): Whose {
  const { account, campaign, department, person } = route.useSearch()
  return {
    accountId: id(account),
    campaignId: campaign === 'none' ? 'none' : id(campaign),
    departmentId: id(department),
    ownerId: id(person),
  }
}

export function CalendarFilters({ zone }: { zone: string }) {
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const [opened, setOpened] = useState(false)
  const active = Object.values(useWhose()).filter(Boolean).length
  if (!narrow) return <Fields zone={zone} />
  return (
    <div className="ca-filter-fold">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFilter size={14} />}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        {active > 0 ? `Filters: ${active}` : 'Filters'}
      </Button>
      <Collapse expanded={opened}>
        <div className="ca-filters">
          <Fields zone={zone} />
        </div>
      </Collapse>
    </div>
  )
}

function Fields({ zone }: { zone: string }) {
  const set = useSetSearch()
  const { all } = useAccounts()
  const campaigns = useCampaigns()
  const { accountId, campaignId, departmentId, ownerId } = useWhose()
  return (
    <>
      <Select
        size="xs"
        aria-label="Account"
        placeholder="All accounts"
        clearable
        searchable
        data={all.filter((each) => each.publishes).map(({ id: value, name }) => ({ value, label: name }))}
        value={accountId ?? null}
        onChange={(value) => set({ account: value })}
      />
      <Select
        size="xs"
        aria-label="Campaign"
        placeholder="All campaigns"
        clearable
        searchable
        data={[
          { value: 'none', label: 'Always-on' },
          ...campaigns.map(({ id: value, name }) => ({ value, label: name })),
        ]}
        value={campaignId ?? null}
        onChange={(value) => set({ campaign: value })}
      />
      <DepartmentSelect
        size="xs"
        label={null}
        aria-label="Department"
        placeholder="All departments"
        value={departmentId ?? null}
        onChange={(value) => set({ department: value })}
      />
      <PersonSelect
        size="xs"
        aria-label="Person"
        placeholder="Everybody"
        value={ownerId ?? null}
        onChange={(value) => set({ person: value })}
      />
      <ZoneSelect
        size="xs"
        aria-label="Time zone of the calendar"
        value={zone}
        allowDeselect={false}
        onChange={(value) => set({ zone: value })}
      />
    </>
  )
}
