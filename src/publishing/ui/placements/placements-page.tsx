// The register of placements: where social media are pointed to outside of them, and what each brought.

import { Button, Modal, Select, TextInput } from '@mantine/core'
import { IconMapPin, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { amountText, moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { media } from '../../placements/types.ts'
import { type Placement, PlacementForm } from './placement-form.tsx'
import { mediumWords, runLook } from './placement-words.ts'

export function PlacementsPage() {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const placements = useQuery(api.placements.list.queryOptions({ input: { org: org.id } }))
  const [medium, setMedium] = useSearchWord('medium')
  const [run, setRun] = useSearchWord('run')
  const [q, setQ] = useSearchWord('q')
  const [adding, setAdding] = useState(false)
  const words = (q ?? '').trim().toLowerCase()
  const rows = placements.data?.filter(
    (row) =>
      (!medium || row.medium === medium) &&
      (!run || row.run === run) &&
      `${row.name} ${row.place} ${row.word ?? ''}`.toLowerCase().includes(words),
  )
  const add = may('placements.change') && <Button onClick={() => setAdding(true)}>Add placement</Button>
  const filtered = Boolean(medium || run || words)
  return (
    <AppPage
      title="Placements"
      description="Where you mention your social media elsewhere: boxes, spots, posters, letters. Each has a link of its own."
      actions={placements.data?.length ? add : null}
    >
      <DataTable
        label="Placements"
        query={placements}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({
          to: '/o/$slug/placements/$placementId',
          params: { slug: org.slug, placementId: id },
        })}
        columns={columns}
        csv={{ name: 'placements', more: moreCsv }}
        filters={
          placements.data?.length ? (
            <>
              <TextInput
                placeholder="Name, place or word"
                aria-label="Search placements"
                leftSection={<IconSearch size={16} />}
                value={q ?? ''}
                onChange={(event) => setQ(event.currentTarget.value || null)}
              />
              <Select
                aria-label="Medium"
                placeholder="Every medium"
                clearable
                value={medium ?? null}
                onChange={setMedium}
                data={media.map((value) => ({ value, label: mediumWords[value] }))}
              />
              <Select
                aria-label="Runs"
                placeholder="Whenever"
                clearable
                value={run ?? null}
                onChange={setRun}
                data={Object.entries(runLook).map(([value, { label }]) => ({ value, label }))}
              />
            </>
          ) : null
        }
        empty={
          filtered ? (
            <EmptyState title="No placement fits this search" />
          ) : (
            <EmptyState title="No placements yet" icon={<IconMapPin size={28} stroke={1.5} />} action={add}>
              Add each place outside of social media that points to your accounts, such as a box or a poster. It gets a
              short link and a code to print, and you see how many people came by it.
            </EmptyState>
          )
        }
      />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add placement" size="lg">
        <PlacementForm
          placement={null}
          done={({ id }) =>
            void navigate({ to: '/o/$slug/placements/$placementId', params: { slug: org.slug, placementId: id } })
          }
        />
      </Modal>
    </AppPage>
  )
}

/** What spreadsheets get beside the columns. */
const moreCsv = [
  { header: 'Where', csv: ({ place }: Placement) => place },
  { header: 'Word', csv: ({ word }: Placement) => word },
  { header: 'From', csv: ({ beginsOn }: Placement) => beginsOn },
  { header: 'Until', csv: ({ endsOn }: Placement) => endsOn },
  {
    header: 'Cost',
    csv: ({ cost, currency }: Placement) => (cost === null ? null : amountText(cost, currency!)),
  },
  { header: 'Currency', csv: ({ currency }: Placement) => currency },
  { header: 'Short address', csv: ({ url }: Placement) => url },
  { header: 'Leads to', csv: ({ target }: Placement) => target },
]

const columns: Column<Placement>[] = [
  {
    id: 'name',
    header: 'Placement',
    primary: true,
    cell: ({ name, place }) => (
      <>
        {name}
        {place && <span className="lr-below">{place}</span>}
      </>
    ),
    sort: ({ name }) => name,
    csv: ({ name }) => name,
  },
  {
    id: 'medium',
    header: 'Medium',
    cell: ({ medium }) => mediumWords[medium],
    sort: ({ medium }) => mediumWords[medium],
    csv: ({ medium }) => mediumWords[medium],
  },
  {
    id: 'run',
    header: 'State',
    cell: ({ run }) => <Badge tone={runLook[run].tone}>{runLook[run].label}</Badge>,
    sort: ({ run }) => run,
    csv: ({ run }) => runLook[run].label,
  },
  {
    id: 'clicks',
    header: 'Clicks',
    align: 'end',
    cell: ({ clicks }) => clicks,
    sort: ({ clicks }) => clicks,
    csv: ({ clicks }) => clicks,
  },
  {
    id: 'named',
    header: 'Named',
    align: 'end',
    cell: ({ named }) => named,
    sort: ({ named }) => named,
    csv: ({ named }) => named,
  },
  {
    id: 'cost',
    header: 'Cost each',
    align: 'end',
    cell: ({ costPerReference: each, currency }) => (each === null ? '–' : moneyText(each, currency!)),
    sort: ({ costPerReference: each }) => each,
    csv: ({ costPerReference: each, currency }) => (each === null ? null : amountText(each, currency!)),
  },
  {
    id: 'last',
    header: 'Last',
    cell: ({ lastAt }) => (lastAt ? <TimeText at={lastAt} style="date" /> : '–'),
    sort: ({ lastAt }) => lastAt,
    csv: ({ lastAt }) => lastAt,
  },
]
