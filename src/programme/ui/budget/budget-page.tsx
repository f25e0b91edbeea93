// Money: the budget of a year beside what was spent, its versions and their approval, spending, and what an hour costs.

import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { BesideSection } from './beside-section.tsx'
import { RatesSection } from './rates-section.tsx'
import { SpendSection } from './spend-section.tsx'
import { VersionsSection } from './versions-section.tsx'
import './budget.css'
import '../programme.css'

export type Budget = Output<typeof client.budget.read>

export function BudgetPage() {
  const org = useOrg()
  const may = useMay()
  const [chosen, setYear] = useSearchWord('year')
  const now = new Date().getFullYear()
  const year = Number(chosen) || now
  const found = useQuery({
    ...api.budget.read.queryOptions({ input: { org: org.id, year } }),
    enabled: may('budget.read'),
  })
  const years = [...new Set([...(found.data?.years ?? []), now - 1, now, now + 1, year])].sort()
  return (
    <AppPage
      title="Budget"
      description="Not free, and not done in spare time: what a year may cost, and what it did cost."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={
        <Select
          aria-label="Year"
          allowDeselect={false}
          data={years.map(String)}
          value={String(year)}
          onChange={(value) => setYear(value === String(now) ? null : value)}
        />
      }
    >
      {!may('budget.read') && <p>Those who lead plan and see the money. Ask one of them.</p>}
      {found.isLoading && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && (
        <>
          {found.data.currency && <BesideSection budget={found.data} currency={found.data.currency} />}
          <VersionsSection key={year} budget={found.data} />
          {found.data.currency && <SpendSection budget={found.data} currency={found.data.currency} />}
          {may('budget.rates') && <RatesSection budget={found.data} />}
        </>
      )}
    </AppPage>
  )
}
