// Guards: what wants an answer, how heavy the load lies on teams and people, and whether this is a marathon or a sprint.

import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { numberText } from '../programme-words.ts'
import { AlarmsSection } from './alarms-section.tsx'
import { MinutesPlot } from './minutes-plot.tsx'
import { OutletsSection } from './outlets-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { SprintSection } from './sprint-section.tsx'
import { TeamsSection } from './teams-section.tsx'
import './guards.css'
import '../programme.css'

export type Guards = Output<typeof client.guards.read>

export function GuardsPage() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.guards.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Guards"
      description="So that nobody burns out, and the whole does not end in a sprint."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={may('programme.lead') && <CheckButton />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && <Parts guards={found.data} />}
    </AppPage>
  )
}

function CheckButton() {
  const org = useOrg()
  const queryClient = useQueryClient()
  const check = useMutation({
    mutationFn: () => client.guards.check({ org: org.id }),
    onSuccess: async () => {
      await refresh(queryClient, api.guards)
      showDone('Looked at just now')
    },
    onError: (error) => showProblem(error),
  })
  return (
    <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
      Look now
    </Button>
  )
}

function Parts({ guards }: { guards: Guards }) {
  const may = useMay()
  return (
    <>
      <AlarmsSection isWatched={guards.isWatched} />
      <TeamsSection guards={guards} />
      {may('programme.people') && <PeopleSection />}
      <div className="gu-two">
        <Section title="Everybody together" description="Minutes in each week, written down and estimated.">
          <MinutesPlot weeks={guards.whole.weeks} ceiling={guards.whole.ceiling} label="Minutes of everybody" />
        </Section>
        {guards.mine && (
          <Section
            title="Your own load"
            description={
              guards.mine.ceilingAssumed
                ? `You did not say yet what you give at most; ${numberText(guards.mine.ceiling)} minutes are assumed.`
                : 'Only you and those who run the organisation see this.'
            }
          >
            <MinutesPlot weeks={guards.mine.weeks} ceiling={guards.mine.ceiling} label="Your minutes" />
          </Section>
        )}
      </div>
      <SprintSection guards={guards} />
      <OutletsSection guards={guards} />
      <Rules />
    </>
  )
}

function Rules() {
  const org = useOrg()
  return (
    <p className="lr-dimmed">
      Each figure by which this is judged, where it comes from, and how to change it:{' '}
      <TextLink to="/o/$slug/programme/figures" params={{ slug: org.slug }}>
        Figures of the rules
      </TextLink>
    </p>
  )
}
