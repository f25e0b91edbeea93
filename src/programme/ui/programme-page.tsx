// The programme: what the organisation wants, where it stands, what it gives. Empty, it leads through its beginning.

import { Button } from '@mantine/core'
import { IconRun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { dayText } from '../../kit/time.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { AssessmentSection } from './assessment/assessment-section.tsx'
import { CommitmentSection } from './commitments/commitment-section.tsx'
import { EndDialog } from './end-dialog.tsx'
import { GoalsSection } from './goals/goals-section.tsx'
import { PastProgrammes } from './past-programmes.tsx'
import { ProgrammeDialog } from './programme-dialog.tsx'
import { ambitionWords } from './programme-words.ts'
import { Ways } from './ways.tsx'
import './programme.css'

export type Programme = NonNullable<Output<typeof client.programme.read>['programme']>

export function ProgrammePage() {
  const org = useOrg()
  const found = useQuery(api.programme.read.queryOptions({ input: { org: org.id } }))
  const programme = found.data?.programme
  return (
    <AppPage
      title={programme?.name ?? 'Programme'}
      aside={programme && <Badge tone="track">{weekText(programme)}</Badge>}
      description={
        programme
          ? `${ambitionWords[programme.ambition].label}. ${ambitionWords[programme.ambition].means}`
          : 'A training plan for your social media: slowly at first, by rule, and for a long time.'
      }
      actions={programme && <Actions programme={programme} />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && (
        <>
          {programme ? (
            <>
              <Ways />
              <GoalsSection today={found.data.today} />
              <CommitmentSection today={found.data.today} />
            </>
          ) : (
            <Beginning today={found.data.today} />
          )}
          <AssessmentSection />
          <PastProgrammes past={found.data.past} goesOn={Boolean(programme)} today={found.data.today} />
        </>
      )}
    </AppPage>
  )
}

const weekText = ({ week, beginsOn }: Programme): string =>
  week === 0 ? `Begins on ${dayText(beginsOn)}` : `Week ${week}`

function Beginning({ today }: { today: string }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <>
      <EmptyState
        title="No programme goes on"
        icon={<IconRun size={28} stroke={1.5} />}
        action={may('programme.lead') && <Button onClick={() => setOpen(true)}>Begin a programme</Button>}
      >
        Nobody runs a marathon from nothing. First see where you stand (below), then say what you want, and give it a
        year.
      </EmptyState>
      <ProgrammeDialog opened={open} close={() => setOpen(false)} programme={null} today={today} />
    </>
  )
}

function Actions({ programme }: { programme: Programme }) {
  const may = useMay()
  const [open, setOpen] = useState<'change' | 'end' | null>(null)
  if (!may('programme.lead')) return null
  return (
    <>
      <Button variant="default" onClick={() => setOpen('change')}>
        Change
      </Button>
      <Button variant="default" onClick={() => setOpen('end')}>
        End it
      </Button>
      <ProgrammeDialog
        opened={open === 'change'}
        close={() => setOpen(null)}
        programme={programme}
        today={programme.beginsOn}
      />
      <EndDialog opened={open === 'end'} close={() => setOpen(null)} programme={programme} />
    </>
  )
}
