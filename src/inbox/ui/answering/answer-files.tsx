// Pictures, videos and documents of an answer, where the network takes them with such a message; what is looked at with its description.

import { ActionIcon, Button, FileButton, Group, TextInput } from '@mantine/core'
import { IconBooks, IconPaperclip, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { DraftMedia } from '../../../connectors/contract.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { sizeText } from '../../../media/ui/size-text.ts'
import { uploadMedia } from '../../../media/ui/upload.ts'
import { acceptedImages, draftMediaOf } from '../../../publishing/ui/draft-media.ts'
import { MediaLibrary } from '../../../publishing/ui/media-library.tsx'

interface FileLimit {
  max: number
}

interface AnswerFilesProps {
  images: (FileLimit & { altMax: number }) | null
  videos: (FileLimit & { altMax: number }) | null
  documents: FileLimit | null
  media: DraftMedia[]
  setMedia: (media: DraftMedia[]) => void
}

const words: Record<DraftMedia['kind'], string> = { image: 'picture', video: 'video', document: 'document' }

export function AnswerFiles({ images, videos, media, setMedia }: AnswerFilesProps) {
  return (
    <ul className="ib-files" aria-label="Files of the answer">
      {media.map((item, at) => (
        <li key={item.id}>
          {item.kind === 'document' ? (
            <span>
              Document {at + 1} (PDF, {sizeText(item.bytes)})
            </span>
          ) : (
            <TextInput
              label={`What ${words[item.kind]} ${at + 1} shows`}
              description="For those who do not see it."
              maxLength={(item.kind === 'image' ? images : videos)?.altMax}
              value={item.alt}
              onChange={(event) => {
                const alt = event.currentTarget.value
                setMedia(media.map((each) => (each.id === item.id ? { ...each, alt } : each)))
              }}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Take ${words[item.kind]} ${at + 1} out`}
            onClick={() => setMedia(media.filter(({ id }) => id !== item.id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
}

/** Nothing where the network takes no files with such a message. What is added is seen by whoever sees the conversation. */
export function AddFiles({
  images,
  videos,
  documents,
  media,
  setMedia,
  conversationId,
}: AnswerFilesProps & { conversationId: string }) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const [library, setLibrary] = useState(false)
  const most = (images?.max ?? 0) + (videos?.max ?? 0) + (documents?.max ?? 0)
  if (most === 0) return null
  const accept = [
    ...(images ? [acceptedImages] : []),
    ...(videos ? ['video/mp4,video/quicktime,video/webm'] : []),
    ...(documents ? ['application/pdf'] : []),
  ].join()
  const add = (item: DraftMedia) => {
    if (media.length < most && !media.some(({ id }) => id === item.id)) setMedia([...media, item])
  }
  const upload = async (file: File | null) => {
    if (!file) return
    setBusy(true)
    try {
      const signal = new AbortController().signal
      const sent = await uploadMedia(org.id, file, { progress: () => {}, signal, conversationId })
      add(draftMediaOf(sent, documents !== null))
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
            {documents ? 'Add a file' : videos ? 'Add a picture or video' : 'Add a picture'}
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
        kind={documents ? null : videos ? 'postable' : 'image'}
        usableFor={conversationId}
        take={(item) => {
          try {
            add(draftMediaOf(item, documents !== null))
          } catch (error) {
            showProblem(error)
          }
        }}
      />
    </Group>
  )
}
