// The library of an organisation: folders, files, what is known of each, and a place onto which hundreds can be dropped.

import { Button, FileButton, Menu, Switch } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPhotoPlus, IconPhotoSearch, IconSettings } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { allItems, api, client, paging, refresh } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { mediaOrders, rightsStates } from '../../library/types.ts'
import { mediaKinds, mediaTypes } from '../../rules.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useChoice } from './choosing.ts'
import { FileDrawer } from './file-drawer.tsx'
import { FolderSelect, FolderTree } from './folder-list.tsx'
import { libraryRoute } from './library-context.ts'
import { LibraryFilters } from './library-filters.tsx'
import { LibraryGrid } from './library-grid.tsx'
import { LibraryTable } from './library-table.tsx'
import { BrokenOffNote, UploadPanel } from './upload-panel.tsx'
import { useDropPlace } from './use-drop-place.ts'
import { useDrops } from './use-drops.ts'
import './library.css'
import './library-file.css'

const accepted = Object.keys(mediaTypes).join(',')

export function MediaPage() {
  const org = useOrg()
  const may = useMay()
  const { file, folder } = libraryRoute.useSearch()
  const set = useSetSearch()
  const narrow = useMediaQuery('(max-width: 61.99em)', false, { getInitialValueInEffect: false })
  const drops = useDrops(org.id)
  const into = folder && folder !== 'none' ? folder : null
  const add = (files: File[]) => drops.add(files, into)
  const place = useDropPlace(may('media.upload') ? add : null)
  return (
    <AppPage title="Media" width="full" actions={<PageActions add={add} />}>
      <div className="md-layout" {...place.on} data-over={place.over || undefined}>
        {narrow ? <FolderSelect /> : <FolderTree />}
        <div className="md-main">
          <BrokenOffNote orgId={org.id} idle={drops.lines().length === 0} />
          <UploadPanel drops={drops} />
          <LibraryFilters />
          <Files add={add} />
        </div>
        {place.over && <p className="md-drop-here">Drop the files to add them</p>}
      </div>
      <FileDrawer id={file} close={() => set({ file: null })} />
    </AppPage>
  )
}

function PageActions({ add }: { add: (files: File[]) => void }) {
  const may = useMay()
  const pick = useRef<HTMLButtonElement>(null)
  useShortcut('u', 'Add files to the library', () => pick.current?.click())
  return (
    <>
      {may('organisation.change') && <LibrarySettings />}
      {may('media.upload') && (
        <FileButton onChange={add} accept={accepted} multiple>
          {(props) => (
            <Button {...props} ref={pick} leftSection={<IconPhotoPlus size={18} aria-hidden />}>
              Add files
            </Button>
          )}
        </FileButton>
      )}
    </>
  )
}

function LibrarySettings() {
  const org = useOrg()
  const queryClient = useQueryClient()
  const settings = useQuery(api.media.settings.queryOptions({ input: { org: org.id } }))
  const change = async (warnUnknown: boolean) => {
    try {
      await client.media.changeSettings({ org: org.id, warnUnknown })
      await refresh(queryClient, api.media.settings, api.posts.check)
    } catch (error) {
      showProblem(error, 'The setting was not changed')
    }
  }
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconSettings size={18} aria-hidden />}>
          Rules
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={settings.data?.warnUnknown ?? true}
          onClick={() => void change(!(settings.data?.warnUnknown ?? true))}
          leftSection={
            <Switch
              size="xs"
              checked={settings.data?.warnUnknown ?? true}
              readOnly
              tabIndex={-1}
              aria-hidden
              component="input"
            />
          }
        >
          Warn of files whose rights are not known
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useLibrary() {
  const org = useOrg()
  const { q, kind, folder, tag, rights, used, twice, order } = libraryRoute.useSearch()
  const input = {
    org: org.id,
    q,
    tag,
    folderId: folder,
    kind: mediaKinds.find((each) => each === kind),
    rights: rightsStates.find((each) => each === rights),
    used: yesOrNo(used),
    twice: yesOrNo(twice),
    order: mediaOrders.find((each) => each === order) ?? ('newest' as const),
  }
  const query = useInfiniteQuery(
    api.media.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor, limit: 60 }),
      ...paging,
    }),
  )
  return { input, query, filtered: Boolean(q ?? kind ?? folder ?? tag ?? rights ?? used ?? twice) }
}

const yesOrNo = (word: string | undefined) => (word === 'yes' || word === 'no' ? (word as 'yes' | 'no') : undefined)

function Files({ add }: { add: (files: File[]) => void }) {
  const { view } = libraryRoute.useSearch()
  const set = useSetSearch()
  const { input, query, filtered } = useLibrary()
  const lines = useMemo(() => allItems(query.data), [query.data])
  const choice = useChoice(useMemo(() => (lines ?? []).map(({ id }) => id), [lines]))
  const empty = <Nothing filtered={filtered} add={add} />
  return (
    <>
      <BulkBar choice={choice} shown={lines?.length ?? 0} />
      {view === 'list' ? (
        <LibraryTable choice={choice} input={input} query={query} rows={lines} empty={empty} />
      ) : (
        <>
          {query.isPending && <LoadingRows rows={6} />}
          <ErrorPanel error={query.error} retry={() => void query.refetch()} />
          {lines?.length === 0 && !query.error && empty}
          {lines && lines.length > 0 && <LibraryGrid lines={lines} choice={choice} open={(id) => set({ file: id })} />}
          <LoadMore list={query} />
        </>
      )}
    </>
  )
}

function Nothing({ filtered, add }: { filtered: boolean; add: (files: File[]) => void }) {
  const may = useMay()
  if (filtered)
    return (
      <EmptyState title="Nothing fits these filters" icon={<IconPhotoSearch size={32} stroke={1.5} />}>
        Take one filter away, or look into another folder.
      </EmptyState>
    )
  return (
    <EmptyState
      title="No files yet"
      icon={<IconPhotoPlus size={32} stroke={1.5} />}
      action={
        may('media.upload') && (
          <FileButton onChange={add} accept={accepted} multiple>
            {(props) => <Button {...props}>Choose files</Button>}
          </FileButton>
        )
      }
    >
      Drop pictures, videos and PDF documents here, hundreds at once if you like. Each keeps its description, its rights
      and where it is used.
    </EmptyState>
  )
}
