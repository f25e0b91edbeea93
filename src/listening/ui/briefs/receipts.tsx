// Who has read a brief, by which way, and what became of each mail.

import { Section } from '../../../kit/app-page.tsx'
import { Badge, type Tone } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import type { Brief } from './brief-page.tsx'

type Receipt = Brief['receipts'][number]

const mailWords: Record<NonNullable<Receipt['mail']>, { label: string; tone: Tone }> = {
  waiting: { label: 'Mail waits', tone: 'slate' },
  sending: { label: 'Mail on its way', tone: 'slate' },
  sent: { label: 'Mailed', tone: 'quiet' },
  refused: { label: 'Mail refused', tone: 'crimson' },
  unknown: { label: 'Mailed perhaps', tone: 'amber' },
  'left-out': { label: 'Not mailed', tone: 'quiet' },
}

export function Receipts({ brief }: { brief: Brief }) {
  return (
    <Section
      title="Who has read it"
      description={`${brief.read} of ${brief.readers}. Who says nothing is reminded once.`}
    >
      <ul className="lb-receipts" aria-label="Who has read it">
        {brief.receipts.map((receipt) => (
          <One key={receipt.member.id} receipt={receipt} />
        ))}
      </ul>
    </Section>
  )
}

function One({ receipt: { member, readAt, readBy, remindedAt, mail } }: { receipt: Receipt }) {
  return (
    <li>
      <span>{member.name}</span>
      {readAt ? (
        <Badge tone="done">Read{readBy === 'link' ? ' by mail' : ''}</Badge>
      ) : (
        <Badge tone="amber">Not read yet</Badge>
      )}
      {!readAt && mail && <Badge tone={mailWords[mail].tone}>{mailWords[mail].label}</Badge>}
      {!readAt && !mail && <span className="lr-dimmed">no mail server</span>}
      <span className="lr-dimmed">
        {readAt ? <TimeText at={readAt} /> : remindedAt && <>reminded {<TimeText at={remindedAt} />}</>}
      </span>
    </li>
  )
}
