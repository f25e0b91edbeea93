// Pictures and videos of an answer, where the network takes them with such a message; each with its description.

import { ActionIcon, Button, FileButton, Group, TextInput } from '@mantine/core'
import { IconBooks, IconPaperclip, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { DraftMedia } from '../../../connectors/contract.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { uploadMedia } from '../../../media/ui/upload.ts'
import { acceptedImages, draftMediaOf } from '../../../publishing/ui/draft-media.ts'
import { MediaLibrary } from '../../../publishing/ui/media-library.tsx'

interface FileLimit {
  max: number
  altMax: number
}

interface AnswerFilesProps {
  images: FileLimit | null
  videos: FileLimit | null
  media: DraftMedia[]
  setMedia: (media: DraftMedia[]) => void
}

export function AnswerFiles({ images, videos, media, setMedia }: AnswerFilesProps) {
  return (
    <ul className="ib-files" aria-label="Files of the answer">
      {media.map((item, at) => (
        <li key={item.id}>
          <TextInput
            label={`What ${item.kind === 'image' ? 'picture' : 'video'} ${at + 1} shows`}
            description="For those who do not see it."
            maxLength={(item.kind === 'image' ? images : videos)?.altMax}
            value={item.alt}
            onChange={(event) => {
              const alt = event.currentTarget.value
              setMedia(media.map((each) => (each.id === item.id ? { ...each, alt } : each)))
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Take ${item.kind === 'image' ? 'picture' : 'video'} ${at + 1} out`}
            onClick={() => setMedia(media.filter(({ id }) => id !== item.id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

/** Nothing where the network takes no files with such a message. */
export function AddFiles({ images, videos, media, setMedia }: AnswerFilesProps) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const [library, setLibrary] = useState(false)
  const most = (images?.max ?? 0) + (videos?.max ?? 0)
  if (most === 0) return null
  const accept = [
    ...(images ? [acceptedImages] : []),
    ...(videos ? ['video/mp4,video/quicktime,video/webm'] : []),
  ].join()
  const add = (item: DraftMedia) => {
    if (media.length < most && !media.some(({ id }) => id === item.id)) setMedia([...media, item])
  }
  const upload = async (file: File | null) => {
    if (!file) return
    setBusy(true)
    try {
      add(draftMediaOf(await uploadMedia(org.id, file, { progress: () => {}, signal: new AbortController().signal })))
    } catch (error) {
      showProblem(error)
    }
    setBusy(false)
  }
  return (
    <Group gap={4}>
      <FileButton accept={accept} onChange={(file) => void upload(file)}>
        {(props) => (
          <Button
            {...props}
            variant="subtle"
            color="gray"
            size="compact-sm"
            loading={isBusy}
            disabled={media.length >= most}
            leftSection={<IconPaperclip size={16} />}
          >
            {videos ? 'Add a picture or video' : 'Add a picture'}
          </Button>
        )}
      </FileButton>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        disabled={media.length >= most}
        leftSection={<IconBooks size={16} />}
        onClick={() => setLibrary(true)}
      >
        From the library
      </Button>
      <MediaLibrary
        opened={library}
        close={() => setLibrary(false)}
        kind={videos ? 'postable' : 'image'}
        take={(item) => {
          try {
            add(draftMediaOf(item))
          } catch (error) {
            showProblem(error)
          }
        }}
      />
    </Group>
  )
}
