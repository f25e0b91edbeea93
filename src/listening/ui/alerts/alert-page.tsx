// One alert: the reason, the day around it with what was expected, how grave it is and why, and the answer.

import { Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, type Output, refresh, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { AlertIssue } from '../issues/alert-issue.tsx'
import { AlertBadges, AlertFacts } from './alert-card.tsx'
import { type Alert, answerWords, partWords, severityLook, triggerWords } from './alert-words.ts'
import { BandChart } from './band-chart.tsx'
import { ProfileSelect } from './profile-select.tsx'
import './alerts.css'

type Whole = Output<typeof client.alerts.read>

const route = getRouteApi('/o/$slug/listen/alerts/$alertId')

export function AlertPage() {
  const org = useOrg()
  const { alertId } = route.useParams()
  const alert = useQuery(api.alerts.read.queryOptions({ input: { org: org.id, id: alertId }, refetchInterval: 60_000 }))
  const gone = Boolean(alert.error) && refusalOf(alert.error).status === 404
  return (
    <AppPage
      title={alert.data ? `${alert.data.topic}: ${triggerWords[alert.data.trigger].toLowerCase()}` : 'Alert'}
      description={alert.data && <AlertFacts alert={alert.data} />}
      crumbs={[
        <TextLink key="alerts" to="/o/$slug/listen/alerts" params={{ slug: org.slug }} inherit>
          Alerts
        </TextLink>,
      ]}
    >
      {alert.isPending && <LoadingRows />}
      {gone ? (
        <EmptyState title="This alert does not exist">The address may not be complete.</EmptyState>
      ) : (
        <ErrorPanel error={alert.error} retry={() => void alert.refetch()} />
      )}
      {alert.data && <Body alert={alert.data} />}
    </AppPage>
  )
}

function Body({ alert }: { alert: Whole }) {
  const { slug } = useOrg()
  return (
    <>
      <AlertBadges alert={alert} />
      <p className="al-why">
        {alert.sentence} {alert.heard}
      </p>
      <Section title={`Mentions in ${alert.windowMinutes} minutes`}>
        <BandChart plot={alert.plot} at={alert.at} />
      </Section>
      <div className="al-split">
        <Section title="Is it real?">
          <AnswerForm alert={alert} />
        </Section>
        <div className="al-aside">
          <Section title="How grave">
            <p className="al-facts">
              {severityLook[alert.severity].label}: {severityLook[alert.severity].means}
            </p>
            <Parts alert={alert} />
          </Section>
          <Section title="Issue">
            <AlertIssue alert={alert} />
          </Section>
          <Section title="Sensitivity of this topic">
            <ProfileSelect topicId={alert.topicId} />
          </Section>
          <TextLink to="/o/$slug/listen" params={{ slug }} search={{ topic: alert.topicId }}>
            Read what is said
          </TextLink>
        </div>
      </div>
    </>
  )
}

function AnswerForm({ alert }: { alert: Alert }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [note, setNote] = useState(alert.note)
  const send = useMutation({
    mutationFn: (answer: NonNullable<Alert['answer']>) =>
      client.alerts.answer({ org: org.id, id: alert.id, answer, note }),
    onSuccess: async ({ answer }) => {
      showDone(`Answered: ${answerWords[answer!].label.toLowerCase()}`)
      await refresh(queryClient, api.alerts)
    },
    onError: (error) => showProblem(error),
  })
  const said = alert.answer && (
    <p>
      {alert.answeredBy?.name ?? 'Somebody'} answered {answerWords[alert.answer].label.toLowerCase()},{' '}
      <TimeText at={alert.answeredAt} />
      {alert.note && `: ${alert.note}`}
    </p>
  )
  if (!may('listening.answer')) return said || <p>Nobody answered yet. Contributors and those who manage can.</p>
  return (
    <div className="al-answer">
      {said}
      <Textarea
        label="What it is"
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        {(Object.keys(answerWords) as (keyof typeof answerWords)[]).map((answer) => (
          <Button
            key={answer}
            variant={alert.answer === answer ? 'filled' : 'default'}
            aria-pressed={alert.answer === answer}
            title={answerWords[answer].means}
            loading={send.isPending && send.variables === answer}
            onClick={() => send.mutate(answer)}
          >
            {answerWords[answer].label}
          </Button>
        ))}
      </Group>
    </div>
  )
}

function Parts({ alert }: { alert: Alert }) {
  return (
    <dl className="al-parts">
      {(Object.keys(partWords) as (keyof typeof partWords)[]).map((name) => {
        const value = alert.parts[name]
        return (
          <div key={name}>
            <dt>{partWords[name]}</dt>
            <dd>{value === null ? 'not known' : `${Math.round(value * 100)} of 100`}</dd>
          </div>
        )
      })}
    </dl>
  )
}
