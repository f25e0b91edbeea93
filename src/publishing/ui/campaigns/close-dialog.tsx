// Closes a campaign with what was decided; the note stays on record.

import { Modal, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Campaign } from './campaign-form-page.tsx'

export function CloseDialog({ campaign, opened, close }: { campaign: Campaign; opened: boolean; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.campaigns, api.crossings, api.events)
  const form = useServerForm({
    initialValues: { note: '' },
    validate: ({ note }) => ({ note: wants.text(note, 'A sentence') }),
    send: ({ note }) => client.campaigns.close({ org: org.id, id: campaign.id, note }),
    done: async () => {
      close()
      await again()
      showUndo(`${campaign.name} is closed`, async () => {
        await client.campaigns.reopen({ org: org.id, id: campaign.id })
        await again()
      })
    },
  })
  return (
    <Modal opened={opened} onClose={close} title={`Close “${campaign.name}”?`}>
      <ServerForm form={form} submit="Close the campaign" close={close}>
        <Text size="sm">
          Its results are written into a report that is kept with it. Posts that are still planned keep their time, and
          nothing of always-on changes.
        </Text>
        <Textarea
          label="What was decided"
          description="Shown to everybody. What did it come to, what is kept, what is not done again?"
          autosize
          minRows={3}
          maxLength={5000}
          data-autofocus
          {...form.field('note')}
        />
      </ServerForm>
    </Modal>
  )
}
