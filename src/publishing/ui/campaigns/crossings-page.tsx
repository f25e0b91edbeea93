// Where campaign and always-on meet: each point with what it does, whether it works or what it waits for, and what it did last.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { CampaignTabs } from './campaign-tabs.tsx'
import { failureWords, outcomeWords, pointSentence, standingWords } from './campaign-words.ts'
import { Firings } from './firings.tsx'
import { NewPointDialog } from './new-point-dialog.tsx'
import './campaigns.css'

export type Point = Output<typeof client.crossings.list>[number]

export function CrossingsPage() {
  const org = useOrg()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const points = useQuery(api.crossings.list.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Crossing points"
      description="Campaigns and always-on are two ways of working. Here is written where they meet: what makes it happen, what follows, and who is told."
      actions={may('crossings.change') && <Button onClick={() => setAdding(true)}>Add a point</Button>}
    >
      <CampaignTabs />
      {points.isPending && <LoadingRows />}
      <ErrorPanel error={points.error} retry={() => void points.refetch()} />
      {points.data && (
        <ul className="cm-points">
          {points.data.map((point) => (
            <PointCard key={point.id} point={point} />
          ))}
        </ul>
      )}
      {points.data && (
        <Section title="Handed to always-on" description="Replies to campaigns that somebody has to answer.">
          <Firings filter={{ open: true }} empty="Nothing waits: everything that was handed over has been taken." />
        </Section>
      )}
      <NewPointDialog opened={adding} close={() => setAdding(false)} />
    </AppPage>
  )
}

function PointCard({ point }: { point: Point }) {
  const { slug } = useOrg()
  const standing = standingWords(point)
  return (
    <li className="lr-panel cm-point" data-off={point.disabledAt !== null || undefined}>
      <div className="cm-point-head">
        <h2>
          <TextLink to="/o/$slug/campaigns/crossings/$pointId" params={{ slug, pointId: point.id }} c="inherit">
            {point.name}
          </TextLink>
        </h2>
        {point.disabledAt ? <Badge>Off</Badge> : <Badge tone={standing.tone}>{standing.label}</Badge>}
      </div>
      <p>{pointSentence(point)}</p>
      <p className="cm-note">{point.disabledAt ? 'It is switched off.' : standing.text}</p>
      <p className="cm-note">
        {point.last ? (
          <>
            Last fired <TimeText at={point.last.at} relative />:{' '}
            {point.last.outcome
              ? outcomeWords(point.last.outcome)
              : point.last.error
                ? failureWords(point.last.error)
                : 'in hand'}
            .{point.failed > 0 && ` ${point.failed} of ${point.fired} failed.`}
          </>
        ) : (
          'It has not fired yet.'
        )}
      </p>
    </li>
  )
}
