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
import { TextLink } from '../../kit/links.tsx'
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
              <PlanLine />
              <GoalsSection today={found.data.today} />
              <CommitmentSection today={found.data.today} />
            </>
          ) : (
            <Beginning today={found.data.today} />
          )}
          <AssessmentSection />
          <PastProgrammes past={found.data.past} goesOn={Boolean(programme)} />
        </>
      )}
    </AppPage>
  )
}

function PlanLine() {
  const { slug } = useOrg()
  return (
    <ul className="plan-list plan-ways">
      <li>
        <TextLink to="/o/$slug/programme/plan" params={{ slug }}>
          The plan: how often what is to be done, and your time
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/week" params={{ slug }}>
          Your week: what you do on which day
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/attendance" params={{ slug }}>
          Attendance: on which days somebody was there
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/choosing" params={{ slug }}>
          What is worth it: what an hour brings, and what would be best
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/reviews" params={{ slug }}>
          Keep, stop, shift: the review of each month
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/guards" params={{ slug }}>
          Guards: load and risk of people, departments and accounts
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/ladder" params={{ slug }}>
          The ladder: one ability after the other, listening first
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/people" params={{ slug }}>
          Who can do what, buddies, and what there is to read
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/processes" params={{ slug }}>
          Processes: how work is done, and who has read it
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/budget" params={{ slug }}>
          Budget: what a year may cost, and what it did
        </TextLink>
      </li>
      <li>
        <TextLink to="/o/$slug/programme/long-view" params={{ slug }}>
          The long view: sprint and marathon over years, and where goals lead
        </TextLink>
      </li>
    </ul>
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
