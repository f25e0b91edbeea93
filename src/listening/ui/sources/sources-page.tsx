// Where Longrun listens, how well, and what is known to be missing.

import { Button, Modal } from '@mantine/core'
import { IconEar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { AddSource } from './add-source.tsx'
import { Retention } from './retention.tsx'
import { SourceCard } from './source-card.tsx'

export function SourcesPage() {
  const org = useOrg()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const sources = useQuery(api.listeningSources.list.queryOptions({ input: { org: org.id }, refetchInterval: 10_000 }))
  const add = may('listening.change') && <Button onClick={() => setAdding(true)}>Add a source</Button>
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={sources.data?.length ? add : null}
    >
      <ListenTabs />
      {sources.isPending && <LoadingRows />}
      <ErrorPanel error={sources.error} retry={() => void sources.refetch()} />
      {sources.data?.length === 0 && (
        <EmptyState title="Longrun does not listen anywhere yet" icon={<IconEar size={28} stroke={1.5} />} action={add}>
          {may('listening.change')
            ? 'Begin with one public stream or with the hashtags and feeds of your field. Each source shows how well it is heard.'
            : 'An owner, admin or manager adds the first one.'}
        </EmptyState>
      )}
      {sources.data && sources.data.length > 0 && (
        <ul className="li-list" aria-label="Sources">
          {sources.data.map((source) => (
            <SourceCard key={source.id} source={source} />
          ))}
        </ul>
      )}
      <Section title="How long it is kept">
        <Retention />
      </Section>
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add a source" size="lg">
        <AddSource done={() => setAdding(false)} />
      </Modal>
    </AppPage>
  )
}
