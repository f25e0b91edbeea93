// One issue: where it stands, who answers for it, its timeline, and what can be done: take it up, write, close it with a reason.

import { Button, Group, Menu, Textarea } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { IssueTimeline } from './issue-timeline.tsx'
import { type Issue, reasonWords } from './issue-words.ts'
import { IssueBadges, IssueFacts } from './issues-page.tsx'
import './issues.css'

const route = getRouteApi('/o/$slug/listen/issues/$issueId')

export function IssuePage() {
  const org = useOrg()
  const { issueId } = route.useParams()
  const issue = useQuery(api.issues.read.queryOptions({ input: { org: org.id, id: issueId }, refetchInterval: 20_000 }))
  const gone = Boolean(issue.error) && refusalOf(issue.error).status === 404
  return (
    <AppPage
      title={issue.data?.title ?? 'Issue'}
      description={issue.data && <IssueFacts issue={issue.data} />}
      crumbs={[
        <TextLink key="issues" to="/o/$slug/listen/issues" params={{ slug: org.slug }} inherit>
          Issues
        </TextLink>,
      ]}
    >
      {issue.isPending && <LoadingRows />}
      {gone ? (
        <EmptyState title="This issue does not exist">The address may not be complete.</EmptyState>
      ) : (
        <ErrorPanel error={issue.error} retry={() => void issue.refetch()} />
      )}
      {issue.data && <Body issue={issue.data} />}
    </AppPage>
  )
}

function Body({ issue }: { issue: Issue }) {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <>
      <IssueBadges issue={issue} />
      <div className="is-split">
        <Section title="What happened">
          {may('issues.handle') && <NoteForm key={issue.id} issue={issue} />}
          <IssueTimeline issue={issue} />
        </Section>
        <div className="is-aside">
          <Section title="Where it stands">
            {may('issues.handle') ? <Moves issue={issue} /> : <p>Contributors and those who manage can change it.</p>}
          </Section>
          <Section title="Who answers for it">
            <Owner issue={issue} />
          </Section>
          <TextLink to="/o/$slug/listen" params={{ slug }} search={{ topic: issue.topicId }}>
            Read what is said
          </TextLink>
        </div>
      </div>
    </>
  )
}

function Moves({ issue }: { issue: Issue }) {
  const org = useOrg()
  const place = { org: org.id, id: issue.id }
  const move = useAct(api.issues, (to: 'open' | 'handled') => client.issues.move({ ...place, to }))
  const reopen = useAct(api.issues, () => client.issues.reopen(place))
  const close = useAct(
    api.issues,
    (reason: NonNullable<Issue['reason']>) => client.issues.move({ ...place, to: 'closed', reason }),
    {
      done: (reason) => `Closed: ${reasonWords[reason].label.toLowerCase()}`,
      back: () => client.issues.reopen(place),
    },
  )
  if (issue.state === 'closed')
    return (
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
        Open it again
      </Button>
    )
  const [to, label] = issue.state === 'open' ? (['handled', 'Take it up'] as const) : (['open', 'Let it wait'] as const)
  return (
    <Group gap="xs">
      <Button
        variant={issue.state === 'open' ? 'filled' : 'default'}
        loading={move.isPending}
        onClick={() => move.mutate(to)}
      >
        {label}
      </Button>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="default" loading={close.isPending} rightSection={<IconChevronDown size={16} />}>
            Close it
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(reasonWords) as (keyof typeof reasonWords)[]).map((reason) => (
            <Menu.Item key={reason} onClick={() => close.mutate(reason)}>
              {reasonWords[reason].label}: {reasonWords[reason].means}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

function Owner({ issue }: { issue: Issue }) {
  const org = useOrg()
  const may = useMay()
  const give = useAct(api.issues, (ownerId: string | null) =>
    client.issues.change({ org: org.id, id: issue.id, ownerId }),
  )
  if (!may('issues.handle')) return <p>{issue.owner?.name ?? 'Nobody yet.'}</p>
  return (
    <PersonSelect
      aria-label="Who answers for it"
      placeholder="Nobody yet"
      value={issue.owner?.id ?? null}
      onChange={(ownerId) => give.mutate(ownerId)}
    />
  )
}

function NoteForm({ issue }: { issue: Issue }) {
  const org = useOrg()
  const [note, setNote] = useState('')
  const write = useAct(api.issues, (text: string) => client.issues.note({ org: org.id, id: issue.id, note: text }))
  return (
    <form
      className="is-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (note.trim()) write.mutate(note, { onSuccess: () => setNote('') })
      }}
    >
      <Textarea
        label="What was found or done"
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group>
        <Button type="submit" variant="default" disabled={note.trim() === ''} loading={write.isPending}>
          Write it down
        </Button>
      </Group>
    </form>
  )
}
