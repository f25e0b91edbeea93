// Processes: named ways of working in versions, with who answers for each, when it is looked at again, and who has read it.

import { Button, Modal } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import '../refusal-words.ts'
import { ProcessCard } from './process-card.tsx'
import { DocumentForm } from './process-forms.tsx'
import '../programme.css'

export type Process = Output<typeof client.processes.list>['processes'][number]

export function ProcessesPage() {
  const org = useOrg()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const found = useQuery(api.processes.list.queryOptions({ input: { org: org.id } }))
  const all = found.data?.processes ?? []
  const add = may('programme.lead') && <Button onClick={() => setOpen(true)}>Write down a process</Button>
  return (
    <AppPage
      title="Processes"
      description="How work is done here, so that it does not hang on one head: steps with roles and times, somebody who answers, and a day to look again."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={all.length > 0 && add}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && all.length === 0 && (
        <EmptyState title="No process is written down" icon={<IconListDetails size={28} stroke={1.5} />} action={add}>
          Begin with one that you do each day: who looks at what came in, by when, and who does it when they are away.
        </EmptyState>
      )}
      <div className="plan-goals">
        {all.map((process) => (
          <ProcessCard key={process.id} process={process} today={found.data!.today} />
        ))}
      </div>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Write down a process" size="lg">
        {found.data && <DocumentForm today={found.data.today} close={() => setOpen(false)} />}
      </Modal>
    </AppPage>
  )
}
