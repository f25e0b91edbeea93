// The plan: how often what is to be done, what that takes, and the load curve that leads there.

import { Button, Group, Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { CadenceLines } from '../../plan/types.ts'
import { Meanwhile } from '../meanwhile.tsx'
import { TimeSection } from '../time/time-section.tsx'
import '../refusal-words.ts'
import { AdoptForm } from './adopt-form.tsx'
import { CadenceEditor } from './cadence-editor.tsx'
import { CostsSection } from './costs-section.tsx'
import { type Draft, draftOf, following, isChanged, isOutrun } from './draft.ts'
import { LinesText } from './lines-text.tsx'
import { OutlookView } from './outlook-view.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { VersionsSection } from './versions-section.tsx'
import '../programme.css'

type Read = Output<typeof client.plan.read>
export type Plan = NonNullable<Read['plan']>
export type Outlook = NonNullable<Read['outlook']>

export function PlanPage() {
  const org = useOrg()
  const found = useQuery(api.plan.read.queryOptions({ input: { org: org.id } }))
  const programme = useQuery(api.programme.read.queryOptions({ input: { org: org.id } }))
  const isThere = found.data && programme.data
  return (
    <AppPage
      title="Plan"
      aside={found.data?.plan && <Badge tone="track">Version {found.data.plan.number}</Badge>}
      description="How often what is to be done. The load grows from what people are used to, by rule, with lighter weeks between."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
    >
      {(found.isPending || programme.isPending) && <LoadingRows />}
      <ErrorPanel error={found.error ?? programme.error} retry={() => void found.refetch()} />
      {isThere && !programme.data.programme && (
        <EmptyState
          title="No programme goes on"
          icon={<IconRoute size={28} stroke={1.5} />}
          action={
            <ButtonLink to="/o/$slug/programme" params={{ slug: org.slug }}>
              To the programme
            </ButtonLink>
          }
        >
          A plan belongs to a programme: begin one first.
        </EmptyState>
      )}
      {isThere && programme.data.programme && <Planning key={programme.data.programme.id} plan={found.data.plan} />}
      {isThere && programme.data.programme && <TimeSection />}
      {found.data?.plan && <VersionsSection />}
    </AppPage>
  )
}

function Planning({ plan }: { plan: Plan | null }) {
  const org = useOrg()
  const may = useMay()
  const [kept, setDraft] = useState<Draft>(() => draftOf(plan))
  const draft = following(kept, plan)
  const [open, setOpen] = useState(false)
  const isNew = isChanged(draft)
  const isLead = may('programme.lead')
  useLeaveGuard(isNew)
  const change = (lines: CadenceLines) => setDraft({ ...draft, lines })
  const outlook = useOutlook(org.id, draft.lines)
  return (
    <>
      <Section
        title="What is to be done"
        actions={
          isLead && (
            <Group gap="xs">
              {isNew && plan && (
                <Button variant="default" onClick={() => setDraft(draftOf(plan))}>
                  As it is in force
                </Button>
              )}
              <Button disabled={!isNew || draft.lines.length === 0} onClick={() => setOpen(true)}>
                Put it in force
              </Button>
            </Group>
          )
        }
      >
        {isOutrun(draft, plan) && (
          <Meanwhile
            code="plan-outrun"
            theirs={<LinesText version={plan} />}
            take={() => setDraft(draftOf(plan))}
            keep={() => setDraft({ ...draft, base: plan })}
          />
        )}
        <CadenceEditor lines={draft.lines} change={change} outlook={outlook.data ?? null} isFixed={!isLead} />
        <ErrorPanel error={outlook.error} />
      </Section>
      {outlook.data && <OutlookView outlook={outlook.data} lines={draft.lines} />}
      {outlook.data && <CostsSection costs={outlook.data.costs} />}
      <Modal opened={open} onClose={() => setOpen(false)} title="Put this plan in force">
        <AdoptForm
          draft={draft}
          inForce={plan}
          set={setDraft}
          adopted={(adopted) => setDraft(draftOf(adopted))}
          close={() => setOpen(false)}
        />
      </Modal>
    </>
  )
}

/** What the lines would take, as soon as nothing is changed for a moment. */
function useOutlook(org: string, lines: CadenceLines): { data: Outlook | undefined; error: unknown } {
  const [settled] = useDebouncedValue(lines, 300)
  const enabled = settled.length > 0
  const input = { org, lines: settled }
  const { data, error } = useQuery(api.plan.preview.queryOptions({ input, placeholderData: keepPreviousData, enabled }))
  return { data: enabled ? data : undefined, error }
}
