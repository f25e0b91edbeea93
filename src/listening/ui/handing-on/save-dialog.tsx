// Bookmarks a mention with tags and a note, or changes those of a bookmark.

import { Button, Group, Modal, Stack, TagsInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

interface Props {
  mentionId: string
  close: () => void
  before?: { tags: string[]; note: string }
}

export function SaveDialog({ mentionId, close, before }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [tags, setTags] = useState(before?.tags ?? [])
  const [note, setNote] = useState(before?.note ?? '')
  const known = useQuery(api.savedMentions.tags.queryOptions({ input: { org: org.id } }))
  const save = useMutation({
    mutationFn: () => client.savedMentions.save({ org: org.id, id: mentionId, tags, note }),
    onSuccess: async () => {
      close()
      await refresh(queryClient, api.savedMentions)
      showDone('It stands under Kept')
    },
    onError: (error) => showProblem(error),
  })
  return (
    <Modal opened onClose={close} title="Bookmark">
      <Stack gap="sm">
        <TagsInput
          label="Tags"
          maxTags={20}
          data={(known.data ?? []).map(({ tag }) => tag)}
          value={tags}
          onChange={setTags}
        />
        <Textarea
          label="Note"
          description="Why it is worth keeping."
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Keep it
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
