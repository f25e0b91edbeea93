// Plans a campaign, or changes one: its brief, its days and phases, who answers for it, its budget and links.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, client, type Output, refresh, refusalOf } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useServerForm, wants } from '../../../kit/form.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { addDays, wallTimeIn } from '../../../kit/time.ts'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { CampaignKind, CampaignLink, Phase } from '../../campaigns/types.ts'
import { useSharedItem } from '../use-shared-item.ts'
import { budgetFrom, majorOf } from './campaign-days.ts'
import { CampaignForm } from './campaign-form.tsx'
import './campaign-words.ts'
import './campaigns.css'

const newRoute = getRouteApi('/o/$slug/campaigns/new')
const editRoute = getRouteApi('/o/$slug/campaigns/$campaignId/edit')

export type Campaign = Output<typeof client.campaigns.read>

export interface BriefValues extends Record<string, unknown> {
  name: string
  kind: CampaignKind
  goal: string
  audience: string
  beginsOn: string
  endsOn: string
  timeZone: string
  phases: Phase[]
  links: CampaignLink[]
  assetIds: string[]
  /** In whole units of the currency; an empty field is no budget. */
  amount: number | string
  currency: string
  ownerId: string | null
  deputyId: string | null
  departmentId: string | null
}

export function NewCampaignPage() {
  const org = useOrg()
  const may = useMay()
  const { source } = newRoute.useSearch()
  const item = useSharedItem(source)
  if (!may('campaigns.write')) return <NotAllowed title="Plan a campaign" />
  if (source && item.isPending)
    return <AppPage title="Begin a quick campaign" width="narrow" children={<LoadingRows />} />
  const today = wallTimeIn(new Date(), org.timeZone).slice(0, 10)
  const shared = item.data
  const plain: BriefValues = {
    name: shared ? shared.title?.trim() || shared.text.trim().slice(0, 80) : '',
    kind: shared ? 'promotion' : 'trade-show',
    goal: shared
      ? `Be part of what people speak of now: ${shared.title?.trim() || shared.text.trim().slice(0, 200)}`
      : '',
    audience: shared ? `Those who follow ${shared.accountName}` : '',
    beginsOn: today,
    endsOn: addDays(today, shared ? 6 : 27),
    timeZone: org.timeZone,
    phases: [],
    links: shared?.url ? [{ label: shared.title?.slice(0, 200) ?? '', url: shared.url }] : [],
    assetIds: [],
    amount: '',
    currency: 'EUR',
    ownerId: org.memberId,
    deputyId: null,
    departmentId: org.departmentId,
  }
  return (
    <BriefPage
      title={shared ? 'Begin a quick campaign' : 'Plan a campaign'}
      description={shared ? 'Seven days, to join what is spoken of. Everything can be changed.' : undefined}
      initial={plain}
      action={shared ? 'Begin the campaign' : 'Plan the campaign'}
      save={(brief) =>
        client.campaigns.create({ org: org.id, ...brief, ...(shared ? { sourceItemId: shared.id } : {}) })
      }
    />
  )
}

export function EditCampaignPage() {
  const { campaignId } = editRoute.useParams()
  const org = useOrg()
  const may = useMay()
  const campaign = useQuery(
    api.campaigns.read.queryOptions({
      input: { org: org.id, id: campaignId },
      refetchOnWindowFocus: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnMount: 'always',
    }),
  )
  if (!may('campaigns.write')) return <NotAllowed title="Change the campaign" />
  if (!campaign.data || !campaign.isFetchedAfterMount) {
    return (
      <AppPage title="Change the campaign" width="narrow">
        {campaign.error ? <ErrorPanel error={campaign.error} retry={() => void campaign.refetch()} /> : <LoadingRows />}
      </AppPage>
    )
  }
  const found = campaign.data
  return (
    <BriefPage
      key={found.revision}
      title={`Change ${found.name}`}
      initial={{
        ...found,
        amount: found.budget ? majorOf(found.budget) : '',
        currency: found.budget?.currency ?? 'EUR',
      }}
      action="Save"
      back={found}
      reload={() => void campaign.refetch()}
      save={(brief) => client.campaigns.change({ org: org.id, id: found.id, revision: found.revision, ...brief })}
    />
  )
}

interface BriefPageProps {
  title: string
  description?: string
  initial: BriefValues
  action: string
  back?: Campaign
  reload?: () => void
  save: (brief: ReturnType<typeof briefOf>) => Promise<Campaign>
}

function BriefPage({ title, description, initial, action, back, reload, save }: BriefPageProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const form = useServerForm<BriefValues, Campaign>({
    initialValues: initial,
    validate: (values) => ({
      name: wants.text(values.name, 'A name'),
      ownerId: values.ownerId ? null : 'Somebody answers for it.',
      beginsOn: values.beginsOn ? null : 'A first day is needed.',
      endsOn: values.endsOn
        ? values.endsOn < values.beginsOn
          ? 'The end lies before the beginning.'
          : null
        : 'A last day is needed.',
    }),
    fieldNames: { 'budget.amount': 'amount', 'budget.currency': 'currency' },
    send: (values) => save(briefOf(values)),
    done: async (saved) => {
      queryClient.setQueryData(api.campaigns.read.queryKey({ input: { org: org.id, id: saved.id } }), saved)
      await refresh(queryClient, api.campaigns, api.crossings, api.events)
      showDone(`${saved.name} is saved`)
      await navigate({ to: '/o/$slug/campaigns/$campaignId', params: { slug: org.slug, campaignId: saved.id } })
    },
  })
  const stale = refusalOf(form.error).code === 'campaign-changed-elsewhere'
  return (
    <AppPage
      title={title}
      description={description}
      width="narrow"
      crumbs={[
        <TextLink key="all" inherit to="/o/$slug/campaigns" params={{ slug: org.slug }}>
          Campaigns
        </TextLink>,
        ...(back
          ? [
              <TextLink
                key="one"
                inherit
                to="/o/$slug/campaigns/$campaignId"
                params={{ slug: org.slug, campaignId: back.id }}
              >
                {back.name}
              </TextLink>,
            ]
          : []),
      ]}
    >
      <CampaignForm form={form} action={action} reload={form.error && stale ? reload : undefined} />
    </AppPage>
  )
}

/** Rows that nobody filled are left out. */
function briefOf({ amount, currency, ownerId, phases, links, ...values }: BriefValues) {
  const { name, kind, goal, audience, beginsOn, endsOn, timeZone, assetIds, deputyId, departmentId } = values
  return {
    ...{ name: name.trim(), kind, goal, audience, beginsOn, endsOn, timeZone, assetIds, deputyId, departmentId },
    ownerId: ownerId!,
    phases: phases.filter((phase) => phase.name.trim()),
    links: links.filter((link) => link.url.trim()).map((link) => ({ label: link.label.trim(), url: link.url.trim() })),
    budget: amount === '' ? null : budgetFrom(Number(amount), currency),
  }
}

function NotAllowed({ title }: { title: string }) {
  const { slug } = useOrg()
  return (
    <AppPage title={title} width="narrow">
      <EmptyState
        title="Your role reads campaigns"
        action={
          <ButtonLink to="/o/$slug/campaigns" params={{ slug }} variant="default">
            Open the campaigns
          </ButtonLink>
        }
      >
        Owners, admins, managers and contributors plan them.
      </EmptyState>
    </AppPage>
  )
}
