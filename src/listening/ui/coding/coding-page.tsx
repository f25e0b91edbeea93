// The coding room: sets of texts that two people code, how often the machine is right by them, and what it learnt.

import { Button, Modal } from '@mantine/core'
import { IconTags } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { labelTitles } from '../labels/label-words.ts'
import { ListenTabs } from '../listen-tabs.tsx'
import { type CodingSet, stateLook } from './coding-words.ts'
import { Lessons } from './lessons.tsx'
import { MakeSet } from './make-set.tsx'
import './coding.css'

export function CodingPage() {
  const org = useOrg()
  const may = useMay()
  const [making, setMaking] = useState(false)
  const sets = useQuery(api.coding.list.queryOptions({ input: { org: org.id }, refetchInterval: 20_000 }))
  const make = may('listening.change') && <Button onClick={() => setMaking(true)}>Draw texts to code</Button>
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={sets.data && sets.data.length > 0 && make}
    >
      <ListenTabs />
      <div className="cd-split">
        <section aria-label="Coding sets">
          {sets.isPending && <LoadingRows />}
          <ErrorPanel error={sets.error} retry={() => void sets.refetch()} />
          {sets.data?.length === 0 && (
            <EmptyState title="Nothing is coded yet" icon={<IconTags size={28} stroke={1.5} />} action={make}>
              Two people say of the same texts, each alone, how they are meant. That shows how far people agree at all,
              and how often the machine is right here.
            </EmptyState>
          )}
          <ul className="cd-list">
            {sets.data?.map((set) => (
              <SetRow key={set.id} set={set} />
            ))}
          </ul>
        </section>
        <div className="cd-aside">
          <Section title="How often the machine is right">
            <Accuracy />
          </Section>
          <Section title="What it learnt from you">
            <Lessons />
          </Section>
        </div>
      </div>
      <Modal opened={making} onClose={() => setMaking(false)} title="Draw texts to code">
        <MakeSet />
      </Modal>
    </AppPage>
  )
}

function SetRow({ set }: { set: CodingSet }) {
  const { slug } = useOrg()
  const look = stateLook[set.state]
  return (
    <li className="lr-panel cd-set">
      <div className="cd-set-head">
        <TextLink to="/o/$slug/listen/coding/$setId" params={{ slug, setId: set.id }} inherit fw={600}>
          {set.name}
        </TextLink>
        <Badge tone={look.tone} title={look.means}>
          {look.label}
        </Badge>
      </div>
      <p>
        {labelTitles[set.label]} of {count(set.size, 'text')} of {set.topic}
      </p>
      {set.state === 'coding' && (
        <p>{set.coders.map(({ name, coded }) => `${name || 'Somebody'} ${coded} of ${set.size}`).join(' · ')}</p>
      )}
    </li>
  )
}

function Accuracy() {
  const org = useOrg()
  const accuracy = useQuery(api.labels.accuracy.queryOptions({ input: { org: org.id } }))
  if (accuracy.isPending) return <LoadingRows />
  if (!accuracy.data) return <ErrorPanel error={accuracy.error} retry={() => void accuracy.refetch()} />
  const { adHoc } = accuracy.data
  return (
    <div className="cd-text">
      {(['sentiment', 'emotion', 'intent'] as const).map((label) => (
        <p key={label}>
          <strong>{labelTitles[label]}.</strong> {accuracy.data[label].sentence}
        </p>
      ))}
      <p className="lr-page-description">
        Corrections of single mentions{adHoc.corrected > 0 && ` (${adHoc.corrected} so far)`} do not count here: people
        correct what is wrong, so the machine would look worse than it is.
      </p>
    </div>
  )
}
