// The long view: a sprint and a marathon side by side over years, where each goal is going, and results that are measured or waited for.

import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { ForecastsSection } from './forecasts-section.tsx'
import { PathsSection } from './paths-section.tsx'
import { ResultsSection } from './results-section.tsx'
import { useAssumed } from './use-assumed.ts'
import '../programme.css'

export type LongView = Output<typeof client.longView.read>

export function LongViewPage() {
  const org = useOrg()
  const [chosen, setYears] = useSearchWord('years')
  const years = Math.min(5, Math.max(1, Number(chosen) || 2))
  const { own } = useAssumed()
  const found = useQuery({
    ...api.longView.read.queryOptions({ input: { org: org.id, years, ...own } }),
    placeholderData: keepPreviousData,
  })
  return (
    <AppPage
      title="The long view"
      description="Months and years instead of days: what lasts, and where it leads."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={
        <Select
          aria-label="How far ahead"
          allowDeselect={false}
          data={[1, 2, 3, 5].map((each) => ({ value: String(each), label: count(each, 'year') }))}
          value={String(years)}
          onChange={(value) => setYears(value === '2' ? null : value)}
        />
      }
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && (
        <>
          <PathsSection view={found.data} />
          <ForecastsSection goals={found.data.goals} />
          <ResultsSection results={found.data.results} />
        </>
      )}
    </AppPage>
  )
}
