// The dry run of an import: how many rows are good, what is wrong with the others, names to tell apart, and the button that does it.

import { Alert, Button, Group, Select, Switch } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { keepPreviousData, useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable, LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { wallText, zoneCity } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { DryRun } from '../../imports/types.ts'
import type { Import } from './import-page.tsx'
import { useChangeSettings } from './import-settings.tsx'
import { IssueTable } from './issue-table.tsx'
import '@mantine/core/styles/Alert.css'

export function DryRunSection({ it, discard }: { it: Import; discard: ReactNode }) {
  const org = useOrg()
  const dry = useQuery(
    api.imports.check.queryOptions({ input: { org: org.id, id: it.id }, placeholderData: keepPreviousData }),
  )
  // What is being changed has not been tried yet.
  const changing = useIsMutating({ mutationKey: api.imports.change.mutationKey() })
  const found = dry.data
  return (
    <Section title="What becomes of the rows" description="Nothing is written yet.">
      <ErrorPanel error={dry.error} retry={() => void dry.refetch()} />
      {dry.isPending && <LoadingRows />}
      {found && (
        <div className="im-dry" aria-busy={dry.isFetching}>
          <p className="im-counts" role="status">
            <strong>{found.good.toLocaleString('en')} good</strong>
            {found.warned > 0 && <span>{found.warned.toLocaleString('en')} of them with a note</span>}
            {found.there > 0 && <span>{found.there.toLocaleString('en')} already there</span>}
            {found.bad > 0 && <strong data-bad>{found.bad.toLocaleString('en')} with errors</strong>}
          </p>
          {found.daysUnsure && it.settings.dayOrder !== 'ymd' && (
            <Alert color="amber" title="Day or month first?">
              No date in the file shows which comes first. Look at the preview, and change “Days are written” if it is
              wrong.
            </Alert>
          )}
          {found.pictures > 0 && (
            <p className="lr-page-description">
              {count(found.pictures, 'file')} will be fetched from{' '}
              {found.pictures === 1 ? 'its address' : 'their addresses'} into the media library while it imports.
            </p>
          )}
          <AlreadyThere it={it} found={found} />
          <UnknownAccounts it={it} names={found.unknownAccounts} />
          <RunButtons it={it} found={found} fresh={!dry.isFetching && changing === 0} discard={discard} />
          {found.issues.length > 0 && (
            <IssueTable
              issues={found.issues.toSorted((a, b) =>
                a.level === b.level ? a.row - b.row : a.level === 'error' ? -1 : 1,
              )}
            />
          )}
          <Previews found={found} />
        </div>
      )}
    </Section>
  )
}

function RunButtons({ it, found, fresh, discard }: { it: Import; found: DryRun; fresh: boolean; discard: ReactNode }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setWorking(true)
    setError(null)
    try {
      await client.imports.run({ org: org.id, id: it.id })
      await refresh(queryClient, api.imports)
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  const what = it.settings.as === 'scheduled' ? 'and schedule ' : ''
  return (
    <>
      <ErrorPanel error={error} kept="Nothing was imported." />
      <Group gap="xs">
        <Button onClick={() => void run()} loading={working} disabled={found.good === 0 || !fresh}>
          Import {what}
          {found.bad + found.there > 0
            ? `the ${found.good === 1 ? 'good row' : count(found.good, 'good row')}`
            : count(found.good, 'row')}
        </Button>
        {discard}
      </Group>
    </>
  )
}

/** Nothing comes twice unless a person wants it. */
function AlreadyThere({ it, found }: { it: Import; found: DryRun }) {
  const change = useChangeSettings(it)
  if (found.there === 0 && !it.settings.again) return null
  return (
    <Switch
      label="Import what is already there once more"
      description="Rows whose words the calendar has, at the same time for the same account, are left out otherwise."
      checked={it.settings.again}
      onChange={({ currentTarget: { checked } }) => change({ again: checked })}
    />
  )
}

/** The file calls accounts otherwise than Longrun does: told once for all rows. */
function UnknownAccounts({ it, names }: { it: Import; names: string[] }) {
  const change = useChangeSettings(it)
  const { all } = useAccounts()
  if (names.length === 0) return null
  return (
    <div className="im-names">
      {names.map((name) => (
        <Select
          key={name}
          size="xs"
          label={`“${name}” is`}
          placeholder="None of ours"
          searchable
          data={all.filter(({ publishes }) => publishes).map(({ id, name: label }) => ({ value: id, label }))}
          value={null}
          onChange={(value) => value && change({ accountNames: { ...it.settings.accountNames, [name]: value } })}
        />
      ))}
    </div>
  )
}

const shownRows = 12

function Previews({ found }: { found: DryRun }) {
  const { nameOf } = useAccounts()
  const dimmed = (good: boolean) => ({ 'data-left': !good || undefined })
  return (
    <DataTable
      label="The first rows as they are understood"
      rows={found.previews.slice(0, shownRows)}
      rowKey={({ row }) => String(row)}
      empty={null}
      columns={[
        {
          id: 'row',
          header: 'Row',
          primary: true,
          width: 90,
          cell: ({ row, good }) => (
            <span className="im-row" {...dimmed(good)}>
              {good ? <IconCheck size={14} aria-label="Good:" /> : <IconX size={14} aria-label="Left out:" />}
              <span className="im-row-word">Row</span> {row}
            </span>
          ),
        },
        {
          id: 'text',
          header: 'Text',
          cell: ({ text, good }) => (
            <span className="im-text" {...dimmed(good)}>
              {text}
            </span>
          ),
        },
        {
          id: 'when',
          header: 'When',
          width: 220,
          cell: ({ wall, zone, good }) => (
            <span {...dimmed(good)}>{wall ? `${wallText(wall)}${zone ? ` ${zoneCity(zone)}` : ''}` : '–'}</span>
          ),
        },
        {
          id: 'accounts',
          header: 'Accounts',
          width: 200,
          cell: ({ accountIds, good }) => <span {...dimmed(good)}>{accountIds.map(nameOf).join(', ') || '–'}</span>,
        },
      ]}
    />
  )
}
