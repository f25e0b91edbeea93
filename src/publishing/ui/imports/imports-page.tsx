// Imports: open a file or paste a table, and the list of what was imported before.

import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconClipboard, IconFileUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DragEvent, useRef, useState } from 'react'
import { allItems, api, client, type Output, paging, Refused } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { mostBytes } from '../../imports/types.ts'
import { formatWords } from './import-words.ts'
import './imports.css'

type Line = Output<typeof client.imports.list>['items'][number]

export function ImportsPage() {
  const org = useOrg()
  const may = useMay()
  const imports = useInfiniteQuery(
    api.imports.list.infiniteOptions({ input: (cursor: string | undefined) => ({ org: org.id, cursor }), ...paging }),
  )
  return (
    <AppPage
      title="Imports"
      crumbs={[
        <TextLink key="calendar" inherit to="/o/$slug/calendar" params={{ slug: org.slug }}>
          Calendar
        </TextLink>,
      ]}
      description="Posts from a spreadsheet, from an export of Longrun, or from Buffer, Hootsuite and Postiz. You see what becomes of each row before anything is written, and can undo it afterwards."
    >
      {may('posts.write') && <OpenFile />}
      <DataTable
        label="Imports"
        query={imports}
        rows={allItems(imports.data)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/o/$slug/imports/$importId', params: { slug: org.slug, importId: id } })}
        columns={columns}
        empty={
          <EmptyState title="Nothing was imported yet" icon={<IconFileUpload size={32} stroke={1.5} />}>
            Choose a file above. Its columns can be called as in your own table; you say what they mean.
          </EmptyState>
        }
      />
    </AppPage>
  )
}

const states: Record<Line['state'], { label: string; tone: 'quiet' | 'done' | 'slate' | 'amber' }> = {
  open: { label: 'Not imported yet', tone: 'amber' },
  running: { label: 'Importing', tone: 'slate' },
  stopping: { label: 'Stopping', tone: 'slate' },
  done: { label: 'Imported', tone: 'done' },
  undoing: { label: 'Undoing', tone: 'slate' },
  undone: { label: 'Undone', tone: 'quiet' },
}

const columns: Column<Line>[] = [
  { id: 'file', header: 'File', primary: true, cell: ({ fileName }) => fileName },
  { id: 'format', header: 'What it is', width: 190, cell: ({ format }) => formatWords[format] },
  {
    id: 'state',
    header: 'State',
    width: 160,
    cell: ({ state }) => <Badge tone={states[state].tone}>{states[state].label}</Badge>,
  },
  { id: 'rows', header: 'Rows', width: 80, align: 'end', cell: ({ rowCount }) => rowCount.toLocaleString('en') },
  {
    id: 'posts',
    header: 'Posts',
    width: 80,
    align: 'end',
    cell: ({ imported, state }) => (state === 'open' ? '' : imported.toLocaleString('en')),
  },
  { id: 'by', header: 'By', width: 150, cell: ({ createdBy }) => createdBy.name },
  { id: 'at', header: 'When', width: 130, cell: ({ createdAt }) => <TimeText at={createdAt} relative /> },
]

function OpenFile() {
  const input = useRef<HTMLInputElement>(null)
  const { open, opening, error } = useOpenFile()
  const [pasting, setPasting] = useState(false)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) void open(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button in it is the first
    <div
      className="im-open"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file) void open(file)
        }}
      />
      <p>Drop a file here: CSV in any common form, or JSON of Postiz. Up to 5,000 rows and 10 MB.</p>
      <Group gap="xs">
        <Button leftSection={<IconFileUpload size={16} />} loading={opening} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <Button variant="default" leftSection={<IconClipboard size={16} />} onClick={() => setPasting(true)}>
          Paste a table
        </Button>
      </Group>
      <ErrorPanel error={error} kept="Nothing was imported." />
      {pasting && <PasteDialog close={() => setPasting(false)} />}
    </div>
  )
}

function useOpenFile() {
  const org = useOrg()
  const navigate = useNavigate()
  const [opening, setOpening] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const open = async (file: File): Promise<void> => {
    setOpening(true)
    setError(null)
    try {
      // So that nobody waits for a file to arrive that is refused then.
      if (file.size > mostBytes)
        throw new Refused({ code: 'import.too-large', params: { megabytes: mostBytes / 1_000_000 } })
      const { id } = await client.imports.open({ org: org.id, file })
      await navigate({ to: '/o/$slug/imports/$importId', params: { slug: org.slug, importId: id } })
    } catch (caught) {
      setError(caught)
    }
    setOpening(false)
  }
  return { open, opening, error }
}

/** Stays open until the server has taken the rows: what it refuses can be mended here. */
function PasteDialog({ close }: { close: () => void }) {
  const { open, opening, error } = useOpenFile()
  const [text, setText] = useState('')
  return (
    <Modal opened onClose={close} size="lg" title="Paste a table">
      <Stack gap="md">
        <Textarea
          label="Rows, with their headings first"
          description="As copied from a spreadsheet, or CSV"
          rows={10}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          data-autofocus
        />
        <ErrorPanel error={error} kept="Nothing was imported; your rows are still here." />
        <DialogActions
          close={close}
          action="Look at it"
          run={() => open(new File([text], 'Pasted table', { type: 'text/csv' }))}
          working={opening}
          disabled={text.trim() === ''}
        />
      </Stack>
    </Modal>
  )
}
