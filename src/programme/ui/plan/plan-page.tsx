// The plan: how often what is to be done, what that takes, and the load curve that leads there.

import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { CadenceLines } from '../../plan/types.ts'
import { TimeSection } from '../time/time-section.tsx'
import '../refusal-words.ts'
import { CadenceEditor } from './cadence-editor.tsx'
import { CostsSection } from './costs-section.tsx'
import { OutlookView } from './outlook-view.tsx'
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
      {isThere && programme.data.programme && <Planning plan={found.data.plan} />}
      {isThere && programme.data.programme && <TimeSection />}
      {found.data?.plan && <VersionsSection />}
    </AppPage>
  )
}

function Planning({ plan }: { plan: Plan | null }) {
  const org = useOrg()
  const may = useMay()
  const [lines, setLines] = useState<CadenceLines>(plan?.lines ?? [])
  const [open, setOpen] = useState(false)
  const [settled] = useDebouncedValue(lines, 300)
  const isNew = JSON.stringify(lines) !== JSON.stringify(plan?.lines ?? [])
  const input = { org: org.id, lines: settled }
  const outlook = useQuery(
    api.plan.preview.queryOptions({ input, placeholderData: keepPreviousData, enabled: settled.length > 0 }),
  )
  const data = settled.length > 0 ? outlook.data : undefined
  const isLead = may('programme.lead')
  return (
    <>
      <Section
        title="What is to be done"
        actions={
          isLead && (
            <Group gap="xs">
              {isNew && plan && (
                <Button variant="default" onClick={() => setLines(plan.lines)}>
                  As it is in force
                </Button>
              )}
              <Button disabled={!isNew || lines.length === 0} onClick={() => setOpen(true)}>
                Put it in force
              </Button>
            </Group>
          )
        }
      >
        <CadenceEditor lines={lines} change={setLines} outlook={data ?? null} isFixed={!isLead} />
        <ErrorPanel error={outlook.error} />
      </Section>
      {data && <OutlookView outlook={data} />}
      {data && <CostsSection costs={data.costs} />}
      <Modal opened={open} onClose={() => setOpen(false)} title="Put this plan in force">
        <AdoptForm lines={lines} after={plan?.number ?? null} close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function AdoptForm({ lines, after, close }: { lines: CadenceLines; after: number | null; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: reason.trim().length < 10 ? 'A sentence that says why is needed.' : null }),
    send: ({ reason }) => client.plan.adopt({ org: org.id, lines, reason, after }),
    done: async () => {
      await refresh(queryClient, api.plan)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Put it in force" close={close} label="Put it in force">
      <Textarea
        label="Why"
        description="What was planned before stays to be read, with its reason."
        placeholder="What two people can do in an hour and a half a week"
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
