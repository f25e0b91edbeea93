// What was spent: written down, taken away with undo, and brought from files.

import { Button, Group, Modal } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { amountText, moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Budget } from './budget-page.tsx'
import { allMoney, kindWords } from './budget-words.ts'
import { FileDialog } from './file-dialog.tsx'
import { SpendForm } from './spend-form.tsx'

type Entry = Output<typeof client.spend.list>['items'][number]

export function SpendSection({ budget, currency }: { budget: Budget; currency: string }) {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState<'note' | 'file' | null>(null)
  const input = { org: org.id, year: budget.year }
  const found = useInfiniteQuery(
    api.spend.list.infiniteOptions({ input: (cursor: string | undefined) => ({ ...input, cursor }), ...paging }),
  )
  const close = () => setOpen(null)
  const where = ({ channel, campaign }: Entry) => [channel, campaign].filter(Boolean).join(', ')
  return (
    <Section
      title="Spending"
      description="Typed here, from a file, or by your own programs through the API."
      actions={
        may('budget.spend') && (
          <Group gap="xs">
            <Button onClick={() => setOpen('note')}>Write down spending</Button>
            <Button variant="default" onClick={() => setOpen('file')}>
              Bring a file
            </Button>
          </Group>
        )
      }
    >
      <DataTable
        label="What was spent"
        query={found}
        rows={allItems(found.data)}
        rowKey={({ id }) => id}
        csv={{
          name: `spending-${budget.year}`,
          all: () => everyItem((cursor) => client.spend.list({ ...input, cursor, limit: 200 })),
        }}
        empty={
          <EmptyState title="Nothing was spent yet" order={3} icon={<IconReceipt size={28} stroke={1.5} />}>
            Advertising, content that you bought, tools: with its channel and campaign.
          </EmptyState>
        }
        columns={[
          { id: 'what', header: 'For what', primary: true, cell: ({ what }) => what, csv: ({ what }) => what },
          {
            ...{ id: 'day', header: 'Day' },
            cell: ({ day, isCommitted }) => (
              <>
                {dayText(day)} {isCommitted && <Badge tone="amber">Ordered</Badge>}
              </>
            ),
            csv: ({ day }) => day,
          },
          {
            ...{ id: 'amount', header: 'Amount', align: 'end' },
            cell: ({ amount }) => moneyText(amount, currency),
            csv: ({ amount }) => amountText(amount, currency),
          },
          { id: 'kind', header: 'Kind', cell: ({ kind }) => kindWords[kind], csv: ({ kind }) => kind },
          { id: 'where', header: 'Channel, campaign', cell: (entry) => where(entry) || '–', csv: where },
          {
            ...{ id: 'reference', header: 'Reference' },
            cell: ({ reference }) => reference ?? '–',
            csv: ({ reference }) => reference,
          },
          {
            id: 'away',
            header: 'Actions',
            actions: true,
            cell: (entry) =>
              may('budget.spend') && (
                <Group gap="xs" wrap="nowrap" justify="flex-end">
                  {entry.isCommitted && <Pay entry={entry} today={budget.today} />}
                  <Away entry={entry} />
                </Group>
              ),
          },
        ]}
      />
      <Files />
      <Modal opened={open === 'note'} onClose={close} title="What was spent?">
        <SpendForm budget={budget} currency={currency} close={close} />
      </Modal>
      <Modal opened={open === 'file'} onClose={close} title="Spending from a file" size="lg">
        <FileDialog year={budget.year} close={close} />
      </Modal>
    </Section>
  )
}

/** On its day; where that lies ahead, today. */
function Pay({ entry, today }: { entry: Entry; today: string }) {
  const org = useOrg()
  const input = { org: org.id, id: entry.id }
  const day = entry.day > today ? today : entry.day
  const pay = useAct(allMoney, () => client.spend.pay({ ...input, day }), {
    ...{ done: `Paid on ${dayText(day)}`, back: () => client.spend.unpay(input) },
  })
  return (
    <Button
      variant="light"
      size="compact-sm"
      aria-label={`Paid: ${entry.what}`}
      loading={pay.isPending}
      onClick={() => pay.mutate()}
    >
      Paid
    </Button>
  )
}

function Away({ entry }: { entry: Entry }) {
  const org = useOrg()
  const input = { org: org.id, id: entry.id }
  const away = useAct(allMoney, () => client.spend.remove(input), {
    ...{ done: 'It counts no longer', back: () => client.spend.restore(input) },
  })
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`Take away: ${entry.what}`}
      loading={away.isPending}
      onClick={() => away.mutate()}
    >
      Take away
    </Button>
  )
}

function Files() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.spend.imports.queryOptions({ input: { org: org.id } }))
  const undo = useAct<string>(allMoney, (id) => client.spend.undoImport({ org: org.id, id }))
  if (!found.data || found.data.length === 0) return null
  return (
    <details className="plan-before">
      <summary>Files that were brought: {found.data.length}</summary>
      <ul className="plan-list">
        {found.data.map(({ id, fileName, stored, importedBy, undoneAt }) => (
          <li key={id} className="plan-row">
            <span>
              {fileName}: {count(stored, 'entry', 'entries')}, by {importedBy?.name ?? 'somebody'}
              {undoneAt && ', taken back'}
            </span>
            {!undoneAt && may('budget.spend') && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Take back: ${fileName}`}
                loading={undo.isPending && undo.variables === id}
                onClick={() => undo.mutate(id)}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
