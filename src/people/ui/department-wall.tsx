// The wall of a department on its page: whether there is one, and putting it up or taking it down, with what that means.

import { Button, List, Stack, Text } from '@mantine/core'
import { IconWall } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import '@mantine/core/styles/List.css'

type Department = Output<typeof client.departments.list>[number]

export function WallState({ walledAt, approverCount }: Pick<Department, 'walledAt' | 'approverCount'>) {
  if (!walledAt) return 'Everybody'
  return (
    <>
      <Badge tone="slate" icon={<IconWall size={14} stroke={2} />}>
        Its members alone
      </Badge>{' '}
      <span className="lr-dimmed">
        since <TimeText at={walledAt} relative />
        {approverCount === 0 && '. Nobody of them may approve answers'}
      </span>
    </>
  )
}

export function WallButton({ department }: { department: Department }) {
  const { id, name, walledAt } = department
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const isMine = org.departmentId === id
  const change = async () => {
    const done = await confirm({
      title: walledAt ? `Take down the wall of ${name}?` : `Put up a wall around ${name}?`,
      body: walledAt ? <WithoutWall name={name} /> : <WithWall department={department} isMine={isMine} />,
      action: walledAt ? 'Take it down' : 'Put it up',
      danger: walledAt !== null,
      run: () => client.departments.wall({ org: org.id, id, walled: walledAt === null }),
    })
    if (done) await refresh(queryClient, api.departments, api.conversations)
  }
  return (
    <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void change()}>
      {walledAt ? 'Take down wall' : 'Put up wall'}
    </Button>
  )
}

function WithWall({
  department: { name, approverCount },
  isMine,
}: {
  department: Pick<Department, 'name' | 'approverCount'>
  isMine: boolean
}) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        Conversations of {name} will be there for its members alone, whatever their role. That goes for lists, search,
        numbers, activity, notifications, webhooks and everything that asks by the API.
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          Owners and admins see them only as members of {name}.{!isMine && ' You will not see them.'}
        </List.Item>
        <List.Item>People who are known from these conversations alone are not known to others.</List.Item>
        <List.Item>Who hands a conversation to {name} does not see it any more.</List.Item>
        <List.Item>Whoever joins {name} is noted in the activity, and its members are told.</List.Item>
      </List>
      {approverCount === 0 && (
        <Text size="sm" fw={600}>
          Nobody of {name} may approve answers. Answers that need approval would wait behind the wall: make one of its
          members an approver or a manager first.
        </Text>
      )}
    </Stack>
  )
}

function WithoutWall({ name }: { name: string }) {
  return (
    <Text size="sm">
      Everybody will see all conversations of {name}, also those of the past, with their notes. It is noted in the
      activity, and the members of {name} are told.
    </Text>
  )
}
