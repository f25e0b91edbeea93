// The issues of a newsletter: how many letters left, and what became of the others.

import { Anchor, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import '@mantine/core/styles/Progress.css'

type Issue = Output<typeof client.letters.issues>[number]

export function IssuesTable({ accountId }: { accountId: string }) {
  const org = useOrg()
  const issues = useQuery(
    api.letters.issues.queryOptions({ input: { org: org.id, account: accountId }, refetchInterval: 10_000 }),
  )
  return (
    <DataTable
      label="Issues"
      query={issues}
      rows={issues.data}
      rowKey={({ key }) => key}
      csv={{ name: 'issues' }}
      empty={
        <EmptyState title="No issue was sent yet">Write a post and choose this newsletter as its account.</EmptyState>
      }
      columns={[
        {
          id: 'subject',
          header: 'Subject',
          primary: true,
          cell: ({ subject, url }) => (
            <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit>
              {subject}
            </Anchor>
          ),
          sort: ({ subject }) => subject,
          csv: ({ subject }) => subject,
        },
        {
          id: 'begun',
          header: 'Begun',
          cell: ({ begunAt }) => <TimeText at={begunAt} style="moment" />,
          sort: ({ begunAt }) => begunAt,
          csv: ({ begunAt }) => begunAt,
        },
        { id: 'sent', header: 'Letters', cell: (issue) => <Letters issue={issue} />, csv: ({ sent }) => sent },
        {
          id: 'others',
          header: 'Not delivered',
          cell: othersText,
          csv: ({ refused, bounced, unknown, leftOut }) => refused + bounced + unknown + leftOut,
        },
      ]}
    />
  )
}

function Letters({ issue: { recipients, sent, open, finishedAt } }: { issue: Issue }) {
  const settled = recipients - open
  return (
    <>
      {sent} of {recipients} sent
      {!finishedAt && recipients > 0 && (
        <Progress
          value={(settled / recipients) * 100}
          size="sm"
          mt={4}
          maw={160}
          aria-label={`${settled} of ${count(recipients, 'letter')} settled`}
        />
      )}
    </>
  )
}

/** Each kind in words; “–” where everything arrived at the mail server. */
function othersText({ refused, bounced, unknown, leftOut }: Issue): string {
  const parts = [
    refused > 0 && `${refused} refused`,
    bounced > 0 && `${bounced} came back`,
    unknown > 0 && `${unknown} not known (not sent again)`,
    leftOut > 0 && `${leftOut} left before`,
  ]
  return parts.filter(Boolean).join(', ') || '–'
}
