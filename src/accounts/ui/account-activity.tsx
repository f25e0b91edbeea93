// What happened to one account lately, with the way to all of it.

import { useQuery } from '@tanstack/react-query'
import { actorName } from '../../events/ui/actor-name.ts'
import { eventWords } from '../../events/ui/event-words.ts'
import { api } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'

const shown = 6

export function AccountActivity({ accountId }: { accountId: string }) {
  const org = useOrg()
  const input = { org: org.id, subjectId: accountId, limit: shown }
  const events = useQuery(api.events.list.queryOptions({ input }))
  if (events.isPending) return <LoadingRows rows={3} />
  if (events.error) return <ErrorPanel error={events.error} retry={() => void events.refetch()} />
  return (
    <>
      <ul className="ac-lines">
        {events.data.items.map((event) => (
          <li key={event.hash}>
            <span>
              {actorName(event)} {eventWords(event.verb, event.facts)}
            </span>
            <TimeText at={event.at} relative />
          </li>
        ))}
      </ul>
      {events.data.nextCursor && (
        <p className="ac-small">
          <TextLink to="/o/$slug/activity" params={{ slug: org.slug }} search={{ subject: accountId }} inherit>
            Everything that happened to it
          </TextLink>
        </p>
      )}
    </>
  )
}
