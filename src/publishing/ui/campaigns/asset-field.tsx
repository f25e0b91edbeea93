// Files of the library that a campaign works with.

import { Button, Group, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { MediaLibrary } from '../media-library.tsx'
import { Remove } from './campaign-form.tsx'

export function AssetField({ ids, set }: { ids: string[]; set: (ids: string[]) => void }) {
  const org = useOrg()
  const [open, setOpen] = useState(false)
  const files = useQueries({
    queries: ids.map((id) => ({
      ...api.media.read.queryOptions({ input: { org: org.id, id } }),
      staleTime: 60_000,
      retry: false,
    })),
  })
  return (
    <fieldset className="cm-rows">
      <legend>Assets</legend>
      {ids.length === 0 && (
        <Text size="sm" c="dimmed">
          What belongs to the campaign: pictures, videos, documents. Upload them to the library; here you choose them.
        </Text>
      )}
      {ids.map((id, index) => {
        const file = files[index]?.data
        return (
          <Group key={id} gap="xs" wrap="nowrap">
            {file?.thumbnailUrl ? (
              <img className="cm-thumb" src={file.thumbnailUrl} alt="" />
            ) : (
              <IconPhoto size={20} aria-hidden />
            )}
            <Text size="sm" className="cm-grow">
              {file?.fileName ?? (files[index]?.isError ? 'A file that is not there any more' : '…')}
            </Text>
            <Remove
              label={`Take ${file?.fileName ?? 'this file'} out`}
              run={() => set(ids.filter((each) => each !== id))}
            />
          </Group>
        )
      })}
      <Group>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPhoto size={16} />} onClick={() => setOpen(true)}>
          Choose from the library
        </Button>
      </Group>
      <MediaLibrary
        kind={null}
        opened={open}
        close={() => setOpen(false)}
        take={({ id }) => set([...new Set([...ids, id])])}
      />
    </fieldset>
  )
}
