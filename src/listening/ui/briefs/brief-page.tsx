// One weekly listening brief: a draft with its editor, or published words with figures and who has read them.

import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { BriefEditor } from './brief-editor.tsx'
import { BriefFigures } from './brief-figures.tsx'
import { stateWords } from './briefs-page.tsx'
import { Receipts } from './receipts.tsx'
import '../refusal-words.ts'
import '../listen.css'
import '../dashboard/dashboard.css'
import './briefs.css'

export type Brief = Output<typeof client.listeningBriefs.read>

const route = getRouteApi('/o/$slug/listen/briefs/$briefId')

export function BriefPage() {
  const org = useOrg()
  const { briefId } = route.useParams()
  const brief = useQuery(api.listeningBriefs.read.queryOptions({ input: { org: org.id, id: briefId } }))
  const { data } = brief
  return (
    <AppPage
      title={data ? `Listening brief, ${data.weekText}` : 'Listening brief'}
      aside={data && <Badge tone={stateWords[data.state].tone}>{stateWords[data.state].label}</Badge>}
      crumbs={[
        <TextLink key="briefs" to="/o/$slug/listen/briefs" params={{ slug: org.slug }}>
          Briefs
        </TextLink>,
      ]}
    >
      {brief.isPending && <LoadingRows />}
      <ErrorPanel error={brief.error} retry={() => void brief.refetch()} />
      {data && <OneBrief key={data.state} brief={data} />}
    </AppPage>
  )
}

function OneBrief({ brief }: { brief: Brief }) {
  const may = useMay()
  const isDraft = brief.state === 'draft'
  return (
    <div className="lb-sides">
      <div className="lb-main">
        {brief.withdrawnAt && (
          <p role="status">
            Taken back <TimeText at={brief.withdrawnAt} /> by {brief.withdrawnBy?.name}: {brief.withdrawReason}
          </p>
        )}
        {isDraft && may('listening.brief') ? <BriefEditor brief={brief} /> : <Words brief={brief} />}
        {isDraft && (
          <details className="lb-preview">
            <summary>How its mail reads</summary>
            <pre dir="auto">{brief.preview}</pre>
          </details>
        )}
        {!isDraft && <Confirm brief={brief} />}
        {!isDraft && <Receipts brief={brief} />}
        {!isDraft && may('listening.publish') && <TakeBack brief={brief} />}
      </div>
      <aside className="lb-figures" aria-label="Figures">
        <BriefFigures brief={brief} />
      </aside>
    </div>
  )
}

function Words({ brief }: { brief: Brief }) {
  const parts = [
    ['What was heard', brief.heard],
    ['What it means', brief.learnt],
    ['What follows', brief.next],
  ] as const
  return parts.map(
    ([title, text]) =>
      text && (
        <Section key={title} title={title}>
          <p className="lb-words" dir="auto">
            {text}
          </p>
        </Section>
      ),
  )
}

/** For those to whom it was published. */
function Confirm({ brief }: { brief: Brief }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const own = brief.receipts.find(({ member }) => member.id === org.memberId)
  const confirm = useMutation({
    mutationFn: () => client.listeningBriefs.confirm({ org: org.id, id: brief.id }),
    onSuccess: () => refresh(queryClient, api.listeningBriefs),
    onError: (error) => showProblem(error),
  })
  if (!own || brief.state !== 'published') return null
  if (own.readAt)
    return (
      <p className="lr-dimmed">
        You read it <TimeText at={own.readAt} />.
      </p>
    )
  return (
    <Button style={{ alignSelf: 'flex-start' }} loading={confirm.isPending} onClick={() => confirm.mutate()}>
      I have read it
    </Button>
  )
}

function TakeBack({ brief }: { brief: Brief }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const input = { org: org.id, id: brief.id }
  const back = brief.state === 'withdrawn'
  const act = useMutation({
    mutationFn: () =>
      back ? client.listeningBriefs.putBack(input) : client.listeningBriefs.withdraw({ ...input, reason }),
    onSuccess: async () => {
      await refresh(queryClient, api.listeningBriefs)
      showDone(back ? 'It is there again; nobody is mailed twice' : 'Taken back; what waits is not mailed')
    },
    onError: (error) => showProblem(error),
  })
  if (!back && !open)
    return (
      <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>
        Take it back
      </Button>
    )
  return (
    <div className="lb-back">
      {!back && (
        <Textarea
          label="Why it is taken back"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        disabled={!back && reason.trim() === ''}
        loading={act.isPending}
        onClick={() => act.mutate()}
      >
        {back ? 'Put it back' : 'Take it back'}
      </Button>
    </div>
  )
}
