// The ladder: where each team stands, what is next, what is missing. One new ability at a time, listening first.

import { Button } from '@mantine/core'
import { IconLadder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { AdviceNote } from '../../../publishing/ui/advice/advice-note.tsx'
import '../refusal-words.ts'
import { CompetencyDialog } from './competency-dialog.tsx'
import { LadderPlot } from './ladder-plot.tsx'
import { RungDialog } from './rung-dialog.tsx'
import { TeamsSection } from './teams-section.tsx'
import { useLadder } from './use-ladder.ts'
import '../programme.css'
import './ladder.css'

export type Ladder = Output<typeof client.competencies.read>
export type Rung = Ladder['rungs'][number]
export type Stand = Rung['teams'][number]
export type Team = Ladder['teams'][number]

export const teamName = ({ name }: Pick<Team, 'name'>): string => name ?? 'The whole organisation'

export function LadderPage() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.competencies.read.queryOptions({ input: { org: org.id } }))
  const [adding, setAdding] = useState(false)
  const ladder = found.data
  const hasRungs = (ladder?.rungs.length ?? 0) > 0
  return (
    <AppPage
      title="Ladder"
      description="One ability after the other, and listening first. A rung is reached when all of its gates are open: by what Longrun reads, and by what others saw. Nobody ticks them off."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={
        hasRungs && (
          <>
            <ButtonLink to="/o/$slug/programme/people" params={{ slug: org.slug }} variant="default">
              Who can do what
            </ButtonLink>
            {may('programme.lead') && (
              <Button variant="default" onClick={() => setAdding(true)}>
                Add a competency
              </Button>
            )}
          </>
        )
      }
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {ladder && !ladder.hasProgramme && <NoProgramme />}
      {ladder?.hasProgramme && !hasRungs && <NoLadder />}
      {ladder && hasRungs && <Climbing ladder={ladder} />}
      <CompetencyDialog opened={adding} close={() => setAdding(false)} rung={null} />
    </AppPage>
  )
}

function Climbing({ ladder }: { ladder: Ladder }) {
  const [opened, setOpened] = useState<string | null>(null)
  const rung = ladder.rungs.find(({ id }) => id === opened) ?? null
  return (
    <>
      <AdviceNote isOnLadder />
      <Section title="Where you stand">
        <LadderPlot ladder={ladder} open={setOpened} />
      </Section>
      <TeamsSection ladder={ladder} open={setOpened} />
      <RungDialog ladder={ladder} rung={rung} close={() => setOpened(null)} />
    </>
  )
}

function NoProgramme() {
  const { slug } = useOrg()
  return (
    <EmptyState
      title="No programme goes on"
      icon={<IconLadder size={28} stroke={1.5} />}
      action={
        <ButtonLink to="/o/$slug/programme" params={{ slug }}>
          To the programme
        </ButtonLink>
      }
    >
      A ladder belongs to a programme: begin one first. Until then nothing comes before publishing.
    </EmptyState>
  )
}

function NoLadder() {
  const may = useMay()
  const { lay } = useLadder()
  return (
    <EmptyState
      title="No ladder is laid"
      icon={<IconLadder size={28} stroke={1.5} />}
      action={
        may('programme.lead') && (
          <Button loading={lay.isPending} onClick={() => lay.mutate()}>
            Lay the ladder
          </Button>
        )
      }
    >
      Eight rungs from listening to a whole organisation that takes part. You can change them, add your own and put them
      into another order.
    </EmptyState>
  )
}
