// Removes a file from the library: gone at once, undone with one click, deleted for good after its time.

import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { showProblem, showUndo } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { keptDays } from '../rules.ts'
import './refusal-words.ts'
import './remove-file.css'

/** Stands in the corner of what shows the file. Nothing for those who may not change files. */
export function RemoveFile({ file: { id, fileName } }: { file: { id: string; fileName: string } }) {
  const may = useMay()
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (!may('media.change')) return null
  const changed = () => refresh(queryClient, api.media)
  const remove = async () => {
    setBusy(true)
    try {
      await client.media.remove({ org, id })
      showUndo(`${fileName} is removed. It is deleted for good in ${keptDays} days.`, async () => {
        await client.media.restore({ org, id })
        await changed()
      })
      await changed()
    } catch (error) {
      showProblem(error, `${fileName} was not removed`)
    }
    setBusy(false)
  }
  return (
    <ActionIcon
      className="md-remove"
      variant="default"
      size="md"
      loading={busy}
      aria-label={`Remove ${fileName}`}
      onClick={() => void remove()}
    >
      <IconTrash size={16} stroke={1.5} />
    </ActionIcon>
  )
}
