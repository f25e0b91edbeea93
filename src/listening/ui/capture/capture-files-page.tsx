// Files of what was said: choose one, see what becomes of each row, store it, take it back.

import { Button, Group, Select } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { allItems, api, client, type Output, paging, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Channel } from '../../capture/types.ts'
import { ListenTabs } from '../listen-tabs.tsx'
import { channelChoices, channelWords } from './capture-words.ts'
import { FilePreview } from './file-preview.tsx'
import '../../../publishing/ui/imports/imports.css'
import './capture.css'

export function CaptureFilesPage() {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <AppPage
      title="Capture from a file"
      crumbs={[
        <TextLink key="capture" inherit to="/o/$slug/listen/capture" params={{ slug }}>
          Capture
        </TextLink>,
      ]}
      description="A table of what people said, as CSV: comment cards, notes of a fair, an export of the hotline. Nothing is stored before you have seen what becomes of it."
    >
      <ListenTabs />
      {may('listening.capture') && <NewFile />}
      <Section title="Files so far">
        <Files />
      </Section>
    </AppPage>
  )
}

function NewFile() {
  const org = useOrg()
  const zone = useZone()
  const queryClient = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [channel, setChannel] = useState<Channel>('elsewhere')
  const check = useMutation({
    mutationFn: (given: { file: File; channel: Channel }) =>
      client.captureImports.check({ org: org.id, zone, ...given }),
  })
  const store = useMutation({
    mutationFn: () => client.captureImports.add({ org: org.id, zone, file: file!, channel }),
    onSuccess: async ({ stored }) => {
      showDone(`${count(stored, 'row')} stored`)
      setFile(null)
      check.reset()
      await refresh(queryClient, api.captureImports, api.captures, api.mentions)
    },
  })
  const look = (next: File, from: Channel) => {
    setFile(next)
    store.reset()
    check.mutate({ file: next, channel: from })
  }
  return (
    <div className="lr-panel ca-file">
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0]
          currentTarget.value = ''
          if (chosen) look(chosen, channel)
        }}
      />
      <p>
        One row for each thing that was said. Needed is a column <code>text</code>; <code>when</code>, <code>who</code>,{' '}
        <code>where</code>, <code>title</code>, <code>link</code> and <code>language</code> are read where they are
        there. Up to 10,000 rows.
      </p>
      <Group align="end" gap="sm">
        <Select
          label="Where it was said"
          allowDeselect={false}
          data={channelChoices}
          value={channel}
          onChange={(value) => {
            setChannel(value as Channel)
            if (file) look(file, value as Channel)
          }}
        />
        <Button
          variant={check.data ? 'default' : 'filled'}
          leftSection={<IconFileUpload size={16} />}
          loading={check.isPending}
          onClick={() => input.current?.click()}
        >
          {file ? 'Choose another file' : 'Choose a file'}
        </Button>
      </Group>
      <ErrorPanel error={check.error ?? store.error} kept="Nothing was stored." />
      {file && check.data && (
        <>
          <FilePreview name={file.name} found={check.data} />
          <Group>
            <Button disabled={check.data.good === 0} loading={store.isPending} onClick={() => store.mutate()}>
              {check.data.good === 0
                ? check.data.known > 0
                  ? 'All of this is there already'
                  : 'Nothing to store'
                : `Store ${count(check.data.good, 'row')}`}
            </Button>
          </Group>
        </>
      )}
    </div>
  )
}

type Line = Output<typeof client.captureImports.list>['items'][number]

function Files() {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.captureImports.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor }),
      ...paging,
    }),
  )
  return (
    <DataTable
      label="Files"
      query={list}
      rows={allItems(list.data)}
      rowKey={({ id }) => id}
      columns={columns}
      empty={
        <EmptyState title="No file was stored yet" icon={<IconFileUpload size={28} stroke={1.5} />}>
          Save your table as CSV and choose it above.
        </EmptyState>
      }
    />
  )
}

const columns: Column<Line>[] = [
  { id: 'file', header: 'File', primary: true, cell: ({ fileName }) => fileName },
  { id: 'channel', header: 'Where', width: 170, cell: ({ channel }) => channelWords[channel] },
  { id: 'stored', header: 'Stored', width: 80, align: 'end', cell: ({ stored }) => stored.toLocaleString('en') },
  { id: 'known', header: 'There before', width: 110, align: 'end', cell: ({ known }) => known.toLocaleString('en') },
  {
    id: 'refused',
    header: 'With errors',
    width: 100,
    align: 'end',
    cell: ({ refused }) => refused.toLocaleString('en'),
  },
  { id: 'by', header: 'By', width: 140, cell: ({ createdBy }) => createdBy.name },
  { id: 'at', header: 'When', width: 120, cell: ({ createdAt }) => <TimeText at={createdAt} relative /> },
  { id: 'undo', header: 'Take it back', actions: true, width: 150, cell: (line) => <TakeBack line={line} /> },
]

function TakeBack({ line }: { line: Line }) {
  const org = useOrg()
  const may = useMay()
  const undo = useAct(api.captureImports, () => client.captureImports.undo({ org: org.id, id: line.id }))
  if (line.undoneAt) return <Badge tone="quiet">Taken back</Badge>
  if (!may('listening.capture')) return null
  return (
    <Button variant="default" size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate()}>
      Take it back
    </Button>
  )
}
