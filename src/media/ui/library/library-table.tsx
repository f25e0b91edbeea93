// The library as a list, with what the pictures do not tell.

import type { LinkProps } from '@tanstack/react-router'
import { client, everyItem } from '../../../kit/api.ts'
import { type Column, DataTable, type DataTableProps } from '../../../kit/data-table.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { sizeText } from '../size-text.ts'
import type { Choice } from './choosing.ts'
import { type LibraryLine, libraryRoute, useFolders } from './library-context.ts'
import { ChooseBox, Doubles, Thumb } from './library-grid.tsx'
import { RightsBadge } from './rights-words.tsx'

interface LibraryTableProps extends Pick<DataTableProps<LibraryLine>, 'query' | 'rows' | 'empty'> {
  choice: Choice
  input: Parameters<typeof client.media.list>[0]
}

export function LibraryTable({ choice, input, ...rest }: LibraryTableProps) {
  const { slug } = useOrg()
  const { nameOf } = useFolders()
  const search = libraryRoute.useSearch()
  return (
    <DataTable
      label="Files"
      {...rest}
      rowKey={(line) => line.id}
      rowLink={(line) => ({
        to: '/o/$slug/media',
        params: { slug },
        search: { ...search, file: line.id } as LinkProps['search'],
      })}
      columns={columnsOf(choice, nameOf)}
      csv={{ name: 'media', all: () => everyItem((cursor) => client.media.list({ ...input, cursor, limit: 200 })) }}
    />
  )
}

const columnsOf = (choice: Choice, nameOf: (id: string | null) => string): Column<LibraryLine>[] => [
  { id: 'choose', header: 'Choose', actions: true, cell: (line) => <ChooseBox line={line} choice={choice} /> },
  {
    id: 'file',
    header: 'File',
    primary: true,
    cell: (line) => <FileCell line={line} />,
    csv: (line) => line.fileName,
  },
  {
    id: 'size',
    header: 'Size',
    width: 96,
    cell: (line) => (
      <span className="md-nowrap">
        {sizeText(line.bytes)}
        {line.width && line.height && <span className="lr-below">{`${line.width} × ${line.height}`}</span>}
      </span>
    ),
    csv: (line) => line.bytes,
  },
  {
    id: 'place',
    header: 'Folder and tags',
    width: 160,
    cell: (line) => (
      <>
        {nameOf(line.folderId) || <span className="lr-dimmed">No folder</span>}
        {line.tags.length > 0 && <span className="lr-below">{line.tags.join(', ')}</span>}
      </>
    ),
    csv: (line) => [nameOf(line.folderId), ...line.tags].join(', '),
  },
  {
    id: 'rights',
    header: 'Rights',
    width: 160,
    cell: (line) => <RightsCell line={line} />,
    csv: (line) =>
      [line.rights.basis ?? '', line.rights.expiresOn ?? '', line.rights.source, line.rights.credit].join('; '),
  },
  {
    id: 'uses',
    header: 'Posts',
    align: 'end',
    width: 72,
    cell: (line) => line.uses,
    csv: (line) => line.uses,
  },
  {
    id: 'added',
    header: 'Added',
    width: 120,
    cell: (line) => <TimeText at={line.createdAt} relative />,
    csv: (line) => line.createdAt,
  },
]

function FileCell({ line }: { line: LibraryLine }) {
  return (
    <span className="md-line">
      <Thumb line={{ ...line, alt: '' }} />
      <span>
        {line.fileName} <Doubles copies={line.copies} />
        {line.alt && <span className="lr-below md-line-alt">{line.alt}</span>}
      </span>
    </span>
  )
}

function RightsCell({ line }: { line: LibraryLine }) {
  return (
    <>
      <RightsBadge rights={line.rights} always />
      {line.rights.credit && <span className="lr-below">{line.rights.credit}</span>}
    </>
  )
}
