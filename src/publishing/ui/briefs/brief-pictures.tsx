// The files of a brief: what it shall be made from, seen small; with buttons where they may change.

import { Button, CloseButton, Input } from '@mantine/core'
import { IconMovie } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

interface BriefPicturesProps {
  ids: string[]
  change?: (ids: string[]) => void
  add?: () => void
}

/** Files in their order; one that is gone is left out. */
export function useBriefMedia(ids: string[]) {
  const org = useOrg()
  const files = useQueries({
    queries: ids.map((id) =>
      api.media.read.queryOptions({ input: { org: org.id, id }, staleTime: 60_000, retry: false }),
    ),
  })
  return { pending: files.some((file) => file.isPending), files: files.flatMap((file) => file.data ?? []) }
}

export function BriefPictures({ ids, change, add }: BriefPicturesProps) {
  const { files } = useBriefMedia(ids)
  const list = files.length > 0 && (
    <ul className="br-files">
      {files.map(({ id, alt, fileName, thumbnailUrl }) => (
        <li key={id}>
          {thumbnailUrl ? (
            <img src={thumbnailUrl} alt={alt || fileName} loading="lazy" />
          ) : (
            <IconMovie size={32} aria-label={fileName} />
          )}
          {change && (
            <CloseButton
              size="sm"
              aria-label={`Take out ${fileName}`}
              onClick={() => change(ids.filter((each) => each !== id))}
            />
          )}
        </li>
      ))}
    </ul>
  )
  if (!add) return list || null
  return (
    <Input.Wrapper label="Pictures and videos" labelElement="div">
      {list}
      <Button variant="default" size="compact-sm" onClick={add}>
        From the library
      </Button>
    </Input.Wrapper>
  )
}
