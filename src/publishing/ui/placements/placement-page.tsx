// One placement: its code to print, its short address, what it brought, and counting who named it.

import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count as counted } from '../../../kit/words.ts'
import { type Placement, PlacementForm } from './placement-form.tsx'
import { mediumWords, moneyText, runLook } from './placement-words.ts'
import { PrintableCode } from './printable-code.tsx'
import './placements.css'

const route = getRouteApi('/o/$slug/placements/$placementId')

export function PlacementPage() {
  const org = useOrg()
  const { placementId } = route.useParams()
  const placement = useQuery(api.placements.read.queryOptions({ input: { org: org.id, id: placementId } }))
  const gone = Boolean(placement.error) && refusalOf(placement.error).status === 404
  return (
    <AppPage
      title={placement.data?.name ?? 'Placement'}
      aside={
        placement.data && <Badge tone={runLook[placement.data.run].tone}>{runLook[placement.data.run].label}</Badge>
      }
      description={
        placement.data && [mediumWords[placement.data.medium], placement.data.place].filter(Boolean).join(' · ')
      }
      crumbs={[
        <TextLink key="placements" to="/o/$slug/placements" params={{ slug: org.slug }} inherit>
          Placements
        </TextLink>,
      ]}
      actions={placement.data && <Actions placement={placement.data} />}
    >
      {placement.isPending && <LoadingRows />}
      {gone ? (
        <EmptyState title="This placement does not exist">The address may not be complete.</EmptyState>
      ) : (
        <ErrorPanel error={placement.error} retry={() => void placement.refetch()} />
      )}
      {placement.data && <Whole placement={placement.data} />}
    </AppPage>
  )
}

function Actions({ placement }: { placement: Placement }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const [editing, setEditing] = useState(false)
  if (!may('placements.change')) return null
  const end = async () => {
    const ended = await confirm({
      title: `End ${placement.name}?`,
      body: 'It counts as over. What is printed still leads to its page, and is still counted.',
      action: 'End placement',
      run: () => client.placements.end({ org: org.id, id: placement.id }),
    })
    if (ended) await refresh(queryClient, api.placements)
  }
  return (
    <>
      <Button variant="default" onClick={() => setEditing(true)}>
        Edit
      </Button>
      {!placement.endedAt && (
        <Button variant="default" onClick={() => void end()}>
          End
        </Button>
      )}
      <Modal opened={editing} onClose={() => setEditing(false)} title="Edit placement" size="lg">
        <PlacementForm placement={placement} done={() => setEditing(false)} />
      </Modal>
    </>
  )
}

function Whole({ placement }: { placement: Placement }) {
  const may = useMay()
  return (
    <div className="pl-split">
      <Section title="To print">
        <PrintableCode placement={placement} />
      </Section>
      <Stack gap="lg">
        <Section title="What it brought">
          <dl className="pl-facts">
            <Fact name="Clicks" value={String(placement.clicks)}>
              Times that people followed the link. {counted(placement.bots, 'visit')} of programs apart.
            </Fact>
            <Fact name="Named" value={String(placement.named)}>
              People who said that they came by it, as members counted them.
            </Fact>
            {placement.cost !== null && (
              <Fact name="Cost" value={moneyText(placement.cost, placement.currency!)}>
                {placement.costPerReference === null
                  ? 'Nobody came yet, so there is no cost of each.'
                  : `${moneyText(placement.costPerReference, placement.currency!)} for each of ${placement.clicks + placement.named}.`}
              </Fact>
            )}
          </dl>
          {may('placements.count') && <CountNamed placement={placement} />}
        </Section>
        <Section title="Addresses">
          <Stack gap="sm">
            <CopyField label="Short address" value={placement.url} />
            <CopyField label="Leads to" value={placement.target} />
          </Stack>
        </Section>
      </Stack>
    </div>
  )
}

function Fact({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{children}</span>
      </dd>
    </div>
  )
}

function CountNamed({ placement }: { placement: Placement }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [count, setCount] = useState<number | string>(1)
  const add = useMutation(
    api.placements.count.mutationOptions({
      onSuccess: async () => {
        await refresh(queryClient, api.placements)
        showDone('Counted')
        setCount(1)
      },
      onError: (error) => showProblem(error, 'It was not counted'),
    }),
  )
  const wrong = typeof count !== 'number' || count < 1
  return (
    <Group align="flex-end" gap="xs" mt="md">
      <NumberInput
        label={placement.word ? `Somebody named “${placement.word}”` : 'Somebody named it'}
        value={count}
        onChange={setCount}
        min={1}
        max={10_000}
        w={220}
      />
      <Button
        variant="default"
        disabled={wrong}
        loading={add.isPending}
        onClick={() => add.mutate({ org: org.id, id: placement.id, count: Number(count) })}
      >
        Count
      </Button>
    </Group>
  )
}
