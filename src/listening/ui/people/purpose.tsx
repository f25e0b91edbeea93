// What is stored of somebody: for what, and until when.

import { Select, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { purposeWords, type Speaker } from './people-words.ts'

export function Purpose({ author }: { author: Speaker }) {
  const may = useMay()
  const { purpose, note, expiresAt } = author
  return (
    <section className="lr-panel pe-box" aria-label="What is stored, and until when">
      <h2>What is stored</h2>
      <p>
        Name, handle, what they said in public, and the steps here.{' '}
        {expiresAt ? (
          <>
            This entry is deleted on <TimeText at={expiresAt} style="date" /> unless they speak again before.
          </>
        ) : (
          'Of those not to contact only the name stays.'
        )}
      </p>
      {may('listening.approach') ? (
        <PurposeForm author={author} />
      ) : (
        <>
          <p>{purposeWords[purpose]}</p>
          {note && <p>{note}</p>}
        </>
      )}
    </section>
  )
}

function PurposeForm({ author: { id, purpose, note } }: { author: Speaker }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { purpose: purpose as string, note },
    send: (values) =>
      client.speakers.change({ org: org.id, id, note: values.note, purpose: values.purpose as Speaker['purpose'] }),
    done: async () => {
      await refresh(queryClient, api.speakers)
      showDone('Saved')
    },
  })
  return (
    <ServerForm form={form} submit="Save">
      <Select
        label="What for"
        allowDeselect={false}
        data={Object.entries(purposeWords).map(([value, label]) => ({ value, label }))}
        {...form.field('purpose')}
      />
      <Textarea label="Note" autosize minRows={2} maxLength={2000} {...form.field('note')} />
    </ServerForm>
  )
}
