// What happened to an issue, newest first: alerts that joined, states, notes, and mentions as evidence.

import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { allItems, api, client, paging } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { type Entry, entryWords, type Issue } from './issue-words.ts'

export function IssueTimeline({ issue }: { issue: Issue }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.issues.timeline.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, id: issue.id, cursor, limit: 30 }),
      ...paging,
      refetchInterval: 20_000,
    }),
  )
  return (
    <>
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      <ol className="is-timeline" aria-label="Timeline">
        {allItems(list.data)?.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} issue={issue} />
        ))}
      </ol>
      <LoadMore list={list} />
    </>
  )
}

function TimelineEntry({ entry, issue }: { entry: Entry; issue: Issue }) {
  const { slug } = useOrg()
  const networkName = useNetworkName()
  return (
    <li>
      <p className="is-facts">
        <strong>
          {entry.by ? `${entry.by.name} ` : ''}
          {entryWords(entry)}
        </strong>{' '}
        <TimeText at={entry.at} />
      </p>
      {entry.alert && (
        <p>
          <TextLink to="/o/$slug/listen/alerts/$alertId" params={{ slug, alertId: entry.alert.id }} inherit>
            {networkName(entry.alert.network)}
          </TextLink>
          : {entry.alert.sentence}
          {entry.alert.answer && ` Answered: ${entry.alert.answer}.`}
        </p>
      )}
      {entry.note && <p className="is-words">{entry.note}</p>}
      {entry.mentionId && <Evidence entry={entry} issue={issue} mentionId={entry.mentionId} />}
    </li>
  )
}

function Evidence({ entry, issue, mentionId }: { entry: Entry; issue: Issue; mentionId: string }) {
  const org = useOrg()
  const may = useMay()
  const { mention } = entry
  const place = { org: org.id, id: issue.id, mentionId }
  const detach = useAct(api.issues, () => client.issues.detach(place), {
    done: 'Taken away',
    back: () => client.issues.attach({ ...place, note: entry.note }),
  })
  return (
    <blockquote>
      {mention ? (
        <>
          <p dir="auto" lang={mention.language === 'und' ? undefined : mention.language}>
            {mention.title ?? mention.text}
          </p>
          <footer className="is-facts">
            {mention.author?.name ?? mention.author?.handle ?? 'Nobody named'}, <TimeText at={mention.at} />
          </footer>
        </>
      ) : (
        <p className="is-facts">It was taken back, or is not kept any longer.</p>
      )}
      {may('issues.handle') && mention && (
        <Button variant="subtle" size="compact-xs" loading={detach.isPending} onClick={() => detach.mutate()}>
          Take away
        </Button>
      )}
    </blockquote>
  )
}
