// The newest request about a post: what is asked about, why, who has answered, and the answer of the viewer.

import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { findingText, people, type Request, reasonText, stateText, stateTone } from './approval-words.ts'
import { Comments } from './comments.tsx'
import { DiffView } from './diff-view.tsx'
import { InvitePanel } from './invite-panel.tsx'
import { RenditionCard } from './rendition-card.tsx'
import { type Vote, VoteBar } from './vote-bar.tsx'
import './approvals.css'

interface RequestPanelProps {
  postId: string
  accounts: Accounts
  every: number
}

export function RequestPanel({ postId, accounts, every }: RequestPanelProps) {
  const org = useOrg()
  const requests = useQuery(
    api.approvals.ofPost.queryOptions({ input: { org: org.id, id: postId }, refetchInterval: every }),
  )
  if (requests.isPending) return <LoadingRows rows={2} />
  if (requests.error) return <ErrorPanel error={requests.error} retry={() => void requests.refetch()} />
  const request = requests.data[0]
  if (!request) return null
  return (
    <Section title="Approval">
      <RequestView request={request} accounts={accounts} />
    </Section>
  )
}

function RequestView({ request, accounts }: { request: Request; accounts: Accounts }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [refusing, setRefusing] = useState(false)
  const again = () => refresh(queryClient, api.approvals, api.posts)
  const vote = async (kind: Vote, reason: string) => {
    await client.approvals.vote({ org: org.id, id: request.id, vote: kind, reason })
    showDone(kind === 'approve' ? 'Approved' : 'Told the author')
    await again()
  }
  const { mine } = request
  useShortcut(
    'a',
    'Approve',
    () => mine.vote && mine.voted !== 'approve' && void vote('approve', '').catch(showProblem),
  )
  useShortcut('r', 'Do not approve', () => mine.vote && setRefusing(true))
  const withdraw = () =>
    client.approvals
      .withdraw({ org: org.id, id: request.id })
      .then(again)
      .catch((error) => showProblem(error))
  const open = request.state === 'open'
  return (
    <div className="lr-panel ap-request">
      <header>
        <Badge tone={stateTone[request.state]}>{stateText[request.state]}</Badge>
        <span className="ap-note">
          asked by {request.askedBy.name || 'a former member'} <TimeText at={request.askedAt} relative />
          {request.atOnce ? (
            ', to go out when approved'
          ) : (
            <>
              , for <TimeText at={request.dueAt} />
            </>
          )}
        </span>
      </header>
      {request.note && <blockquote className="ap-quote">{request.note}</blockquote>}
      {request.reason && request.state === 'rejected' && <blockquote className="ap-quote">{request.reason}</blockquote>}
      {request.findings.length > 0 && (
        <ul className="ap-list" aria-label="What guardrails found">
          {request.findings.map((each) => (
            <li key={`${each.guardrailId} ${each.accountId}`} className="ap-note">
              {findingText(each)}
            </li>
          ))}
        </ul>
      )}
      <Steps request={request} />
      {request.renditions.map((each) => {
        const account = accounts.byId.get(each.accountId)
        const title = account ? `${account.name}, ${accounts.networkOf(account)}` : 'A removed account'
        return (
          <RenditionCard key={each.variantId} content={each.content} title={title} files={org.id}>
            {each.voidedAt && <p className="ap-note">Changed since then: no approval holds for it.</p>}
            {each.before && (
              <details>
                <summary>What has changed since it was last {each.before.approved ? 'approved' : 'shown'}</summary>
                <DiffView before={each.before.content} after={each.content} />
              </details>
            )}
            <Comments request={request} variantId={each.variantId} words={each.words} again={again} />
          </RenditionCard>
        )
      })}
      {open && may('approvals.ask') && <InvitePanel request={request} again={again} />}
      {mine.why === 'own-post' && <p className="ap-note">You wrote it, so somebody else has to approve it.</p>}
      {mine.why === 'not-your-turn' && <p className="ap-note">You are asked when those before you have agreed.</p>}
      {open && (request.askedBy.id === org.memberId || may('posts.schedule')) && (
        <Group>
          <Button variant="default" size="xs" onClick={() => void withdraw()}>
            Take the question back
          </Button>
        </Group>
      )}
      {mine.vote && <VoteBar voted={mine.voted} vote={vote} refusing={refusing} setRefusing={setRefusing} />}
    </div>
  )
}

function Steps({ request }: { request: Request }) {
  return (
    <ul className="ap-list" aria-label="Who has to agree">
      {request.steps.map((step) => (
        <li key={step.id}>
          <b>{step.lane}</b> <span className="ap-note">({[...new Set(step.reasons.map(reasonText))].join('; ')})</span>
          <br />
          {step.state === 'satisfied' && `Agreed: ${people(step.agreed)}`}
          {step.state === 'waiting' && 'Begins when the step before is passed.'}
          {step.state === 'open' &&
            `${step.agreed.length} of ${step.needed} agreed. Asked: ${people(step.missing) || 'nobody who may approve it'}`}
          {step.managerAt ? ' Managers were asked too.' : step.deputyAt ? ' Deputies were asked too.' : ''}
        </li>
      ))}
    </ul>
  )
}
