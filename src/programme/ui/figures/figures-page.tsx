// Figures of the rules: by which numbers guards and plans judge, where each comes from, and what was changed with which reason.

import { Button, Modal } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable, LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { groups } from '../../figures/types.ts'
import { ChangeFigure } from './change-figure.tsx'
import { type Figure, type Figures, figureName, figureText, groupWords } from './figure-words.ts'
import './figures.css'
import '../programme.css'

export function FiguresPage() {
  const org = useOrg()
  const found = useQuery(api.figures.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Figures of the rules"
      description={found.data?.label ?? 'By which numbers guards and plans judge.'}
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
        <TextLink key="guards" to="/o/$slug/programme/guards" params={{ slug: org.slug }}>
          Guards
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && <Groups figures={found.data} />}
      {found.data && <Versions figures={found.data} />}
    </AppPage>
  )
}

function Groups({ figures }: { figures: Figures }) {
  const may = useMay()
  const [changed, setChanged] = useState<Figure | null>(null)
  const columns = columnsOf(may('programme.lead') ? setChanged : null)
  return (
    <>
      {groups.map((group) => (
        <Section key={group} title={groupWords[group].title} description={groupWords[group].means}>
          <DataTable
            label={groupWords[group].title}
            rows={figures.figures.filter((figure) => figure.group === group)}
            rowKey={({ name }) => name}
            columns={columns}
            empty={null}
          />
        </Section>
      ))}
      <Modal opened={changed !== null} onClose={() => setChanged(null)} title="Change a figure">
        {changed && <ChangeFigure figure={changed} number={figures.number} close={() => setChanged(null)} />}
      </Modal>
    </>
  )
}

function columnsOf(change: ((figure: Figure) => void) | null): Column<Figure>[] {
  const columns: Column<Figure>[] = [
    {
      ...{ id: 'says', header: 'What it does', primary: true },
      cell: ({ says, source, isOurs }) => (
        <>
          {says}
          <span className="lr-dimmed figure-source">
            {source}.{isOurs && !source.startsWith('Our') && ' Our choice.'}
          </span>
        </>
      ),
    },
    {
      ...{ id: 'value', header: 'Figure', width: 160 },
      cell: ({ value, standard, unit }) => (
        <>
          <strong>{figureText(value, unit)}</strong> {value !== standard && <Badge tone="amber">Changed</Badge>}
        </>
      ),
    },
    {
      ...{ id: 'standard', header: 'Default', width: 120 },
      cell: ({ standard, unit }) => figureText(standard, unit),
    },
  ]
  if (!change) return columns
  const actions: Column<Figure> = {
    ...{ id: 'change', header: 'Actions', actions: true },
    cell: (figure) => (
      <Button
        variant="default"
        size="xs"
        aria-label={`Change ${figureName(figure.name)}`}
        onClick={() => change(figure)}
      >
        Change
      </Button>
    ),
  }
  return [...columns, actions]
}

function Versions({ figures }: { figures: Figures }) {
  const org = useOrg()
  const found = useQuery(api.figures.versions.queryOptions({ input: { org: org.id } }))
  const units = new Map(figures.figures.map(({ name, unit }) => [name, unit]))
  return (
    <Section title="What was changed">
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data?.length === 0 && (
        <EmptyState title="Everything is as it came" order={3} icon={<IconHistory size={28} stroke={1.5} />}>
          Whoever changes a figure says why; that stands here.
        </EmptyState>
      )}
      <ul className="plan-list" aria-label="Changes of figures">
        {found.data?.map(({ number, changes, reason, madeAt, madeBy }) => (
          <li key={number} className="plan-row">
            <div>
              {changes.map(({ name, before, after }) => (
                <p key={name}>
                  <strong>{figureName(name)}</strong>: {figureText(before, units.get(name) ?? '')} →{' '}
                  {figureText(after, units.get(name) ?? '')}
                </p>
              ))}
              <p className="lr-dimmed">
                {madeBy?.name ?? 'Somebody'}, <TimeText at={madeAt} />: {reason}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
