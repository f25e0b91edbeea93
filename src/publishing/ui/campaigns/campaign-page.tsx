// One campaign: its brief, phases on a time line, posts by state, assets and links, what fired, and what it has come to.

import { Anchor, Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { budgetText, daysText } from './campaign-days.ts'
import type { Campaign } from './campaign-form-page.tsx'
import { CampaignPosts } from './campaign-posts.tsx'
import { ClosingReports, Results } from './campaign-results.tsx'
import { CampaignTimeline } from './campaign-timeline.tsx'
import { campaignStateLook, kindWords } from './campaign-words.ts'
import { CloseDialog } from './close-dialog.tsx'
import { Firings } from './firings.tsx'
import { useDepartments } from './use-departments.ts'
import './campaigns.css'

const route = getRouteApi('/o/$slug/campaigns/$campaignId')

export function CampaignPage() {
  const { campaignId } = route.useParams()
  const org = useOrg()
  const found = useQuery(api.campaigns.read.queryOptions({ input: { org: org.id, id: campaignId } }))
  const campaign = found.data
  return (
    <AppPage
      title={campaign?.name ?? 'Campaign'}
      aside={campaign && <StateOf campaign={campaign} />}
      description={campaign && `${kindWords[campaign.kind]}, ${daysText(campaign.beginsOn, campaign.endsOn)}`}
      crumbs={[
        <TextLink key="all" inherit to="/o/$slug/campaigns" params={{ slug: org.slug }}>
          Campaigns
        </TextLink>,
      ]}
      actions={campaign && <Actions campaign={campaign} />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {campaign && (
        <>
          {campaign.closedAt && (
            <div className="lr-panel cm-closed">
              <p>
                <strong>Closed</strong> by {campaign.closedBy?.name || 'a former member'}{' '}
                <TimeText at={campaign.closedAt} relative />
              </p>
              <p className="cm-text">{campaign.closingNote}</p>
            </div>
          )}
          <CampaignTimeline campaign={campaign} />
          <Brief campaign={campaign} />
          <CampaignPosts campaign={campaign} />
          <Results campaign={campaign} />
          <Section
            title="Where it met always-on"
            description="Crossing points that fired for this campaign, newest first."
          >
            <Firings filter={{ campaignId: campaign.id }} empty="None has fired for it yet." />
          </Section>
          <ClosingReports campaign={campaign} />
        </>
      )}
    </AppPage>
  )
}

const StateOf = ({ campaign: { state } }: { campaign: Campaign }) => (
  <Badge tone={campaignStateLook[state].tone} title={campaignStateLook[state].means}>
    {campaignStateLook[state].label}
  </Badge>
)

function Actions({ campaign }: { campaign: Campaign }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const [closing, setClosing] = useState(false)
  const params = { slug: org.slug, campaignId: campaign.id }
  const reopen = () =>
    confirm({
      title: `Reopen “${campaign.name}”?`,
      body: 'It can be changed again. The note of its closing stays in the activity, its report stays here.',
      action: 'Reopen',
      run: async () => {
        await client.campaigns.reopen({ org: org.id, id: campaign.id })
        await refresh(queryClient, api.campaigns, api.events)
        showDone('Reopened')
      },
    })
  if (campaign.state === 'closed')
    return (
      may('campaigns.close') && (
        <Button variant="default" onClick={() => void reopen()}>
          Reopen
        </Button>
      )
    )
  return (
    <>
      {may('campaigns.close') && (
        <Button variant="default" onClick={() => setClosing(true)}>
          Close
        </Button>
      )}
      {may('campaigns.write') && (
        <ButtonLink to="/o/$slug/campaigns/$campaignId/edit" params={params} variant="default">
          Change
        </ButtonLink>
      )}
      {may('posts.write') && (
        <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }} search={{ campaign: campaign.id }}>
          Write a post for it
        </ButtonLink>
      )}
      <CloseDialog campaign={campaign} opened={closing} close={() => setClosing(false)} />
    </>
  )
}

function Brief({ campaign }: { campaign: Campaign }) {
  const departments = useDepartments()
  const person = (one: Campaign['owner'] | null) => (one ? `${one.name}${one.left ? ' (left)' : ''}` : 'Nobody')
  const facts: [string, string][] = [
    ['Owner', person(campaign.owner)],
    ['Deputy', person(campaign.deputy)],
    ['Department', departments.nameOf(campaign.departmentId) ?? 'None'],
    ['Budget', campaign.budget ? budgetText(campaign.budget) : 'None set'],
    ['Days count in', campaign.timeZone.replaceAll('_', ' ')],
  ]
  return (
    <Section title="Brief">
      <div className="cm-brief">
        <div>
          <h3>Goal</h3>
          <p className="cm-text">{campaign.goal || <span className="lr-dimmed">Nobody has written one yet.</span>}</p>
          <h3>Audience</h3>
          <p className="cm-text">
            {campaign.audience || <span className="lr-dimmed">Nobody has written whom it is for.</span>}
          </p>
        </div>
        <dl className="cm-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {campaign.links.length > 0 && (
        <ul className="cm-links">
          {campaign.links.map(({ label, url }) => (
            <li key={url}>
              <Anchor inherit href={url} target="_blank" rel="noopener noreferrer">
                {label || url}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {campaign.assets.length > 0 && (
        <ul className="cm-assets">
          {campaign.assets.map((file) => (
            <li key={file.id}>
              {file.thumbnailUrl ? (
                <img src={file.thumbnailUrl} alt={file.alt || file.fileName} loading="lazy" />
              ) : (
                file.fileName
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
