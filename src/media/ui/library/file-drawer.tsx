// One file of the library beside the list: how it looks, what it is called and shows, its place, rights and uses.

import { Button, Drawer, Group, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { longestTag, mostTags } from '../../library/types.ts'
import { useKnownTags } from './bulk-bar.tsx'
import { FileDetails } from './file-details.tsx'
import { FileUses } from './file-uses.tsx'
import { useFolders, useLibraryChanges } from './library-context.ts'
import { RightsForm } from './rights-form.tsx'
import { RightsBadge } from './rights-words.tsx'

type Media = Output<typeof client.media.read>

export function FileDrawer({ id, close }: { id: string | undefined; close: () => void }) {
  const org = useOrg()
  const file = useQuery(api.media.read.queryOptions({ input: { org: org.id, id: id ?? '' }, enabled: Boolean(id) }))
  return (
    <Drawer
      opened={Boolean(id)}
      onClose={close}
      position="right"
      size="min(480px, 100vw)"
      title={file.data?.fileName ?? 'File'}
      classNames={{ title: 'md-drawer-title' }}
    >
      {id && file.isPending && <LoadingRows rows={4} />}
      <ErrorPanel error={file.error} retry={() => void file.refetch()} />
      {id && file.data && <FileFacts key={file.data.id} file={file.data} close={close} />}
    </Drawer>
  )
}

function FileFacts({ file, close }: { file: Media; close: () => void }) {
  const may = useMay()
  const readOnly = !may('media.change')
  const { remove, setRights } = useLibraryChanges()
  return (
    <Stack gap="lg" className="md-file">
      <Preview file={file} />
      <Group gap="xs">
        <RightsBadge rights={file.rights} always />
        <Button
          component="a"
          href={file.url}
          download={file.fileName}
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Download
        </Button>
        {!readOnly && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove([file.id], file.fileName).then((done) => done && close())}
          >
            Remove
          </Button>
        )}
      </Group>
      <Description file={file} readOnly={readOnly} />
      <Place file={file} readOnly={readOnly} />
      <section aria-labelledby="file-rights">
        <h3 id="file-rights">Rights</h3>
        <RightsForm
          key={JSON.stringify(file.rights)}
          before={file.rights}
          submit="Save the rights"
          disabled={readOnly}
          send={(rights) => setRights([file.id], rights, 'Rights saved')}
        />
      </section>
      <FileUses id={file.id} />
      <FileDetails file={file} />
    </Stack>
  )
}

function Preview({ file }: { file: Media }) {
  if (file.kind === 'document') return null
  return file.kind === 'image' ? (
    <a href={file.url} target="_blank" rel="noreferrer" className="md-preview" aria-label="Open the file in a new tab">
      <img src={file.thumbnailUrl ?? file.url} alt={file.alt} />
    </a>
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: what somebody uploaded has no captions of its own.
    <video className="md-preview" src={file.url} controls preload="metadata" aria-label={file.alt || 'Video'} />
  )
}

const describedAs: Record<Media['kind'], string> = {
  image: 'What the picture shows',
  video: 'What the video shows',
  document: 'What the document says',
}

/** Saved when the field is left; posts that have the file already keep their own description. */
function Description({ file, readOnly }: { file: Media; readOnly: boolean }) {
  const { org, changed } = useLibraryChanges()
  // null: not touched, so that what somebody else has changed meanwhile is shown, and stays.
  const [alt, setAlt] = useState<string | null>(null)
  const [fileName, setFileName] = useState<string | null>(null)
  const save = async (change: { alt?: string; fileName?: string }) => {
    try {
      await client.media.describe({ org, id: file.id, ...change })
      await changed()
      showDone('Saved')
      return true
    } catch (error) {
      showProblem(error, 'It was not saved; what you typed is still here')
      return false
    }
  }
  const saveAlt = async () => {
    if (alt === null || alt === file.alt || (await save({ alt }))) setAlt(null)
  }
  const saveName = async () => {
    const name = fileName?.trim()
    if (!name || name === file.fileName || (await save({ fileName: name }))) setFileName(null)
  }
  return (
    <Stack gap="sm">
      <Textarea
        label={describedAs[file.kind]}
        description={
          file.kind === 'document' ? undefined : 'Goes with the file into new posts, for people who cannot see it.'
        }
        autosize
        minRows={2}
        maxRows={6}
        maxLength={5000}
        disabled={readOnly}
        value={alt ?? file.alt}
        onChange={({ currentTarget: { value } }) => setAlt(value)}
        onBlur={() => void saveAlt()}
      />
      <TextInput
        label="File name"
        maxLength={200}
        disabled={readOnly}
        value={fileName ?? file.fileName}
        onChange={({ currentTarget: { value } }) => setFileName(value)}
        onBlur={() => void saveName()}
      />
    </Stack>
  )
}

function Place({ file, readOnly }: { file: Media; readOnly: boolean }) {
  const { options, nameOf } = useFolders()
  const { arrange } = useLibraryChanges()
  const known = useKnownTags()
  const changeTags = (tags: string[]) =>
    void arrange(
      [file.id],
      {
        addTags: tags.filter((tag) => !file.tags.includes(tag)),
        removeTags: file.tags.filter((tag) => !tags.includes(tag)),
      },
      'Tags changed',
    )
  return (
    <Stack gap="sm">
      <Select
        label="Folder"
        placeholder="In no folder"
        clearable
        searchable
        disabled={readOnly}
        data={options}
        value={file.folderId}
        onChange={(folderId) =>
          void arrange([file.id], { folderId }, folderId ? `Moved to ${nameOf(folderId)}` : 'Taken out of its folder')
        }
      />
      <TagsInput
        label="Tags"
        placeholder={file.tags.length === 0 ? 'Type one, then Enter' : undefined}
        disabled={readOnly}
        data={known}
        value={file.tags}
        onChange={changeTags}
        maxTags={mostTags}
        maxLength={longestTag}
      />
    </Stack>
  )
}
