// Pictures and videos of one part: added by button, drop, paste or from the library; each with its description.

import { ActionIcon, Button, FileButton, Group, Progress } from '@mantine/core'
import { IconBooks, IconPhotoPlus, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DraftMedia, Segment } from '../../connectors/contract.ts'
import { api, refresh, refusalOf } from '../../kit/api.ts'
import { fieldWords } from '../../kit/words.ts'
import { uploadMedia } from '../../media/ui/upload.ts'
import { useComposer } from './composer-context.ts'
import { acceptedImages, draftMediaOf } from './draft-media.ts'
import { FieldIssues } from './field-issues.tsx'
import { MediaItem } from './media-item.tsx'
import { MediaLibrary } from './media-library.tsx'
import '@mantine/core/styles/Progress.css'

type ChangeSegment = (change: (segment: Segment) => Segment) => void

interface Upload {
  key: string
  name: string
  share: number
  error: unknown
  stop: () => void
}

const accepted = `${acceptedImages},video/mp4,video/quicktime,video/webm`

/** A part holds at most this many files, whatever the network. */
const mostFiles = 20

export const addMedia =
  (media: DraftMedia) =>
  (segment: Segment): Segment =>
    segment.media.length >= mostFiles || segment.media.some(({ id }) => id === media.id)
      ? segment
      : { ...segment, media: [...segment.media, media] }

export function useMediaUploads(change: ChangeSegment) {
  const { orgId } = useComposer()
  const queryClient = useQueryClient()
  const [uploads, setUploads] = useState<Upload[]>([])
  const newest = useRef(change)
  newest.current = change
  const patch = (key: string, changes: Partial<Upload>) =>
    setUploads((list) => list.map((each) => (each.key === key ? { ...each, ...changes } : each)))
  const drop = (key: string) => setUploads((list) => list.filter((each) => each.key !== key))
  const start = async (file: File) => {
    const key = `${file.name} ${file.size} ${performance.now()}`
    const stopping = new AbortController()
    setUploads((list) => [...list, { key, name: file.name, share: 0, error: null, stop: () => stopping.abort() }])
    try {
      const media = await uploadMedia(orgId, file, {
        progress: (share) => patch(key, { share }),
        signal: stopping.signal,
      })
      newest.current(addMedia(draftMediaOf(media)))
      drop(key)
      void refresh(queryClient, api.media)
    } catch (error) {
      if (stopping.signal.aborted) drop(key)
      else patch(key, { error })
    }
  }
  return { uploads, drop, add: (files: File[]) => void files.slice(0, mostFiles).forEach((file) => void start(file)) }
}

interface MediaFieldProps {
  index: number
  media: DraftMedia[]
  change: ChangeSegment
  uploads: ReturnType<typeof useMediaUploads>
}

export function MediaField({ index, media, change, uploads }: MediaFieldProps) {
  const { closed } = useComposer()
  const [library, setLibrary] = useState(false)
  const field = `segments.${index}.media`
  const setMedia = (with_: (media: DraftMedia[]) => DraftMedia[]) =>
    change((segment) => ({ ...segment, media: with_(segment.media) }))
  return (
    <div className="cp-media">
      {media.length > 0 && (
        <ul className="cp-media-list">
          {media.map((item, at) => (
            <MediaItem
              key={item.id}
              field={`${field}.${at}`}
              item={item}
              at={at}
              count={media.length}
              setMedia={setMedia}
            />
          ))}
        </ul>
      )}
      {uploads.uploads.map((upload) => (
        <UploadLine key={upload.key} upload={upload} drop={() => uploads.drop(upload.key)} />
      ))}
      <FieldIssues field={field} />
      {!closed && media.length < mostFiles && (
        <Group gap={4}>
          <FileButton onChange={uploads.add} accept={accepted} multiple>
            {(props) => (
              <Button
                {...props}
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconPhotoPlus size={16} />}
              >
                Add pictures or a video
              </Button>
            )}
          </FileButton>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconBooks size={16} />}
            onClick={() => setLibrary(true)}
          >
            From the library
          </Button>
        </Group>
      )}
      <MediaLibrary
        opened={library}
        close={() => setLibrary(false)}
        take={(item) => change(addMedia(draftMediaOf(item)))}
      />
    </div>
  )
}

function UploadLine({ upload, drop }: { upload: Upload; drop: () => void }) {
  const failed = Boolean(upload.error)
  const percent = Math.round(upload.share * 100)
  return (
    <div className="cp-upload" role={failed ? 'alert' : undefined}>
      <div>
        <span className="cp-upload-name">{upload.name}</span>{' '}
        {failed ? (
          <span className="cp-wrong">{fieldWords(refusalOf(upload.error))}</span>
        ) : (
          <span className="lr-dimmed">{percent < 100 ? `${percent} %` : 'being checked…'}</span>
        )}
        {!failed && (
          <Progress value={percent} size="xs" aria-label={`Upload of ${upload.name}`} transitionDuration={100} />
        )}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={failed ? `Forget ${upload.name}` : `Stop the upload of ${upload.name}`}
        onClick={failed ? drop : upload.stop}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
