// One placement: its code to print, its short address, what it brought, and counting who named it.

import { Button, Modal, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useMemberNames } from '../../../accounts/ui/use-member-names.ts'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count as counted } from '../../../kit/words.ts'
import { useCampaignOptions } from '../use-campaign-options.ts'
import { type Placement, PlacementForm } from './placement-form.tsx'
import { mediumWords, runLook } from './placement-words.ts'
import { PrintableCode } from './printable-code.tsx'
import { References } from './references.tsx'
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
      description={placement.data && <Facts placement={placement.data} />}
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

/** “Packaging · Lid, inside · until 3 Dec 2026 · Spring at the quay · Mia Berg” */
function Facts({ placement }: { placement: Placement }) {
  const { medium, place, beginsOn, endsOn, campaignId, ownerId } = placement
  const memberName = useMemberNames()
  const { slug } = useOrg()
  const { campaign } = useCampaignOptions(campaignId)
  const days = [beginsOn && `from ${dayText(beginsOn)}`, endsOn && `until ${dayText(endsOn)}`].filter(Boolean).join(' ')
  return (
    <>
      {[mediumWords[medium], place, days, ownerId && memberName(ownerId)].filter(Boolean).join(' · ')}
      {campaign && (
        <>
          {' · '}
          <TextLink to="/o/$slug/campaigns/$campaignId" params={{ slug, campaignId: campaign.id }} inherit>
            {campaign.name}
          </TextLink>
        </>
      )}
    </>
  )
}

function Actions({ placement }: { placement: Placement }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [editing, setEditing] = useState(false)
  const input = { org: org.id, id: placement.id }
  const resume = async () => {
    await client.placements.resume(input)
    await refresh(queryClient, api.placements)
  }
  const change = useMutation({
    mutationFn: async () => {
      if (placement.endedAt) {
        await resume()
        return showDone('It counts as running again')
      }
      await client.placements.end(input)
      await refresh(queryClient, api.placements)
      showUndo('It counts as over. What is printed still leads to its page, and is still counted.', resume)
    },
    onError: (error) => showProblem(error),
  })
  if (!may('placements.change')) return null
  return (
    <>
      <Button variant="default" onClick={() => setEditing(true)}>
        Edit
      </Button>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
        {placement.endedAt ? 'Run again' : 'End'}
      </Button>
      <Modal opened={editing} onClose={() => setEditing(false)} title="Edit placement" size="lg">
        <PlacementForm placement={placement} done={() => setEditing(false)} />
      </Modal>
    </>
  )
}

function Whole({ placement }: { placement: Placement }) {
  return (
    <div className="pl-split">
      <Section title="To print">
        {placement.linkRemovedAt && <LeadsNowhere placement={placement} />}
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
          <References placement={placement} />
        </Section>
        <Section title="Addresses">
          <Stack gap="sm">
            <CopyField label="Short address" value={placement.url} />
            <CopyField label="Leads to" value={placement.target} />
            <LinkOf placement={placement}>Clicks day by day</LinkOf>
          </Stack>
        </Section>
      </Stack>
    </div>
  )
}

function LinkOf({ placement, children }: { placement: Placement; children: ReactNode }) {
  const { slug } = useOrg()
  return (
    <TextLink to="/o/$slug/links/$linkId" params={{ slug, linkId: placement.linkId }} size="sm">
      {children}
    </TextLink>
  )
}

function LeadsNowhere({ placement }: { placement: Placement }) {
  return (
    <p className="pl-nowhere" role="status">
      Its link was taken away <TimeText at={placement.linkRemovedAt} />: whoever follows the code sees that it leads
      nowhere. <LinkOf placement={placement}>Bring the link back</LinkOf>
    </p>
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
