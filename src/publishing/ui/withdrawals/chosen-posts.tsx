// What a withdrawal would take away: how many an account, what a person has to do there, and the newest of them.

import { Table } from '@mantine/core'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import type { client, Output } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

export function ChosenPosts({ preview }: { preview: Output<typeof client.withdrawals.preview> }) {
  const { slug } = useOrg()
  const accounts = useAccounts()
  if (preview.total === 0) return <p className="wd-note">No published post fits.</p>
  return (
    <>
      <Table aria-label="By account" maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Network</Table.Th>
            <Table.Th ta="end">Posts</Table.Th>
            <Table.Th ta="end">By hand</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.accounts.map(({ accountId, connector, count: posts, byHand }) => (
            <Table.Tr key={accountId}>
              <Table.Td>{accounts.nameOf(accountId)}</Table.Td>
              <Table.Td>{accounts.networkOf({ connector })}</Table.Td>
              <Table.Td ta="end">{posts}</Table.Td>
              <Table.Td ta="end">{byHand}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {preview.accounts.some(({ byHand }) => byHand > 0) && (
        <p className="wd-note">
          “By hand”: the network lets no software delete them, or a person linked them by their address. They are listed
          with a link.
        </p>
      )}
      <p className="wd-note">
        {preview.total > preview.first.length
          ? `The newest ${preview.first.length} of ${count(preview.total, 'post')}:`
          : `${count(preview.total, 'post')}:`}
      </p>
      <ul className="wd-list">
        {preview.first.map((line) => (
          <li key={`${line.postId} ${line.accountId}`}>
            <TextLink to="/o/$slug/posts/$postId" params={{ slug, postId: line.postId }} inherit underline="always">
              {line.summary || 'Without text'}
            </TextLink>{' '}
            <span className="lr-dimmed">
              {accounts.nameOf(line.accountId)}, <TimeText at={line.publishedAt} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
