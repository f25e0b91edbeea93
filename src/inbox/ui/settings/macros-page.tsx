// Settings: named steps for conversations, which send nothing.

import { Button, Modal } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { useStepWords } from '../answering/step-words.ts'
import { MacroForm } from './macro-form.tsx'
import { RetireActions } from './retire-actions.tsx'
import '../refusal-words.ts'

export type Macro = Output<typeof client.macros.list>[number]

export function MacrosPage() {
  const org = useOrg()
  const may = useMay()
  const words = useStepWords()
  const macros = useQuery(api.macros.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Macro | 'new' | null>(null)
  const add = may('inbox.prepare') && <Button onClick={() => setEditing('new')}>New macro</Button>
  return (
    <AppPage
      title="Macros"
      description="Steps that are often done together, on one conversation at a time and seen before they are done. None of them sends anything."
      actions={macros.data?.length ? add : null}
    >
      <DataTable
        label="Macros"
        query={macros}
        rows={macros.data}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No macros yet" icon={<IconPlayerPlay size={28} stroke={1.5} />} action={add}>
            Such as: give it to me, begin an answer from a saved reply, put it off for a day.
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: 'Name',
            primary: true,
            cell: ({ name, retiredAt }) => (
              <>
                {name} {retiredAt && <Badge tone="slate">Retired</Badge>}
              </>
            ),
          },
          { id: 'steps', header: 'Steps', cell: ({ steps }) => steps.map(words).join('; ') },
          ...(may('inbox.prepare')
            ? [
                {
                  id: 'actions',
                  header: 'Actions',
                  actions: true as const,
                  cell: (macro: Macro) => <Actions macro={macro} edit={() => setEditing(macro)} />,
                },
              ]
            : []),
        ]}
      />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === 'new' ? 'New macro' : 'Change macro'}
        size="xl"
      >
        {editing && <MacroForm macro={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
      </Modal>
    </AppPage>
  )
}

function Actions({ macro: { id, name, retiredAt }, edit }: { macro: Macro; edit: () => void }) {
  const place = { org: useOrg().id, id }
  return (
    <RetireActions
      name={name}
      isRetired={retiredAt !== null}
      list={api.macros}
      edit={edit}
      retire={() => client.macros.retire(place)}
      restore={() => client.macros.restore(place)}
    />
  )
}
