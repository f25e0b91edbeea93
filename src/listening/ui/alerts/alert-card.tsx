// One alert in the list: kind, topic, the reason in a sentence, and what was answered.

import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { type Alert, answerWords, kindLook, plannedWords, severityLook } from './alert-words.ts'

export function AlertCard({ alert }: { alert: Alert }) {
  const { slug } = useOrg()
  return (
    <li className="al-card" data-open={alert.endedAt === null || undefined}>
      <AlertBadges alert={alert} />
      <TextLink to="/o/$slug/listen/alerts/$alertId" params={{ slug, alertId: alert.id }} className="al-title" inherit>
        {alert.topic}
      </TextLink>
      <p>{alert.sentence}</p>
      <AlertFacts alert={alert} />
    </li>
  )
}

export function AlertBadges({ alert }: { alert: Alert }) {
  const kind = kindLook[alert.kind]
  const severity = severityLook[alert.severity]
  return (
    <div className="al-badges">
      <Badge tone={kind.tone} title={kind.means}>
        {kind.label}
      </Badge>
      <Badge tone={severity.tone} title={severity.means}>
        {severity.label}
      </Badge>
      {alert.endedAt === null && <Badge tone="track">Goes on</Badge>}
      {alert.plannedEvent && <Badge tone="quiet">{plannedWords(alert.plannedEvent)}</Badge>}
      {alert.answer && (
        <Badge tone="slate" title={answerWords[alert.answer].means}>
          Answered: {answerWords[alert.answer].label}
        </Badge>
      )}
    </div>
  )
}

export function AlertFacts({ alert }: { alert: Alert }) {
  const networkName = useNetworkName()
  return (
    <p className="al-facts">
      {networkName(alert.network)} · <TimeText at={alert.at} />
      {alert.late && ' · seen by counts that came later'}
      {alert.toldAt === null && !alert.plannedEvent && ' · held back by the alert budget'}
      {alert.endedAt && (
        <>
          {alert.trigger === 'slow-rise' ? ' · over since ' : ' · calm since '}
          <TimeText at={alert.endedAt} />
        </>
      )}
    </p>
  )
}
