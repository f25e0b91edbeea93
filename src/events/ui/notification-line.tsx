// One notification: what happened, when, and the way there.

import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { client, Output } from '../../kit/api.ts'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { notificationWords } from './notification-words.ts'
import './notification-line.css'
import { subjectLink } from './subject-link.ts'

type Notification = Output<typeof client.notifications.list>['items'][number]

export function NotificationLine({ item, opened }: { item: Notification; opened: () => void }) {
  const { slug } = useOrg()
  const link = subjectLink(slug, item.subject)
  const words = notificationWords(item.kind, item.facts)
  const content = (
    <>
      <span className="ev-note-title">
        {!item.readAt && <span className="ev-note-dot" role="img" aria-label="Unread" />}
        {words.title}
      </span>
      {words.text && <span className="ev-note-text">{words.text}</span>}
      <span className="ev-note-time">
        <TimeText at={item.createdAt} relative />
      </span>
    </>
  )
  if (!link) {
    return (
      <UnstyledButton className="ev-note" onClick={opened}>
        {content}
      </UnstyledButton>
    )
  }
  return (
    <Link {...link} className="ev-note" onClick={opened}>
      {content}
    </Link>
  )
}
