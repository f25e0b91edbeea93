// The members of the organisation: who, in which role, in which department; and who is invited.

import { Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { type Column, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useSearchWord } from '../../kit/url-state.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { roleWords } from '../../kit/words.ts'
import { roles } from '../permissions.ts'
import { InvitationsSection } from './invitations-section.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberActions } from './member-actions.tsx'

export type Member = Output<typeof client.members.list>[number]

export function MembersPage() {
  const org = useOrg()
  const may = useMay()
  const [inviting, setInviting] = useState(false)
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id } }))
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const [q, setQ] = useSearchWord('q')
  const [show, setShow] = useSearchWord('show')
  const departmentOf = (member: Member) => departments.data?.find(({ id }) => id === member.departmentId)?.name ?? null
  const rows = members.data?.filter((member) => Boolean(member.endedAt) === (show === 'left') && matches(member, q))
  const invite = may('members.invite') && <Button onClick={() => setInviting(true)}>Invite</Button>
  return (
    <AppPage title="Members" description="Everybody with access, and what they may do." actions={invite}>
      <DataTable
        label="Members"
        query={members}
        rows={rows}
        rowKey={(member) => member.id}
        columns={columnsOf(departmentOf, may('members.change'))}
        csv={{ name: 'members', more: [{ header: 'E-mail', csv: (member) => member.email }] }}
        filters={
          <>
            <TextInput
              placeholder="Name or address"
              aria-label="Search members"
              leftSection={<IconSearch size={16} />}
              value={q ?? ''}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            <SegmentedControl
              value={show ?? 'now'}
              onChange={(value) => setShow(value === 'now' ? null : value)}
              data={[
                { value: 'now', label: 'Members' },
                { value: 'left', label: 'Have left' },
              ]}
            />
          </>
        }
        empty={
          <EmptyState title={q ? 'Nobody fits this search' : show === 'left' ? 'Nobody has left' : 'No members'} />
        }
      />
      {may('members.invite') && (
        <InvitationsSection departmentName={(id) => departments.data?.find((one) => one.id === id)?.name ?? null} />
      )}
      <InviteDialog opened={inviting} close={() => setInviting(false)} />
    </AppPage>
  )
}

const matches = (member: Member, q: string | undefined): boolean =>
  !q || `${member.name} ${member.email}`.toLowerCase().includes(q.trim().toLowerCase())

function columnsOf(departmentOf: (member: Member) => string | null, change: boolean): Column<Member>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      primary: true,
      cell: (member) => <Name member={member} />,
      sort: (member) => member.name,
      csv: (member) => member.name,
    },
    {
      id: 'role',
      header: 'Role',
      cell: (member) => <span title={roleWords[member.role].does}>{roleWords[member.role].label}</span>,
      sort: (member) => roles.indexOf(member.role),
      csv: (member) => member.role,
    },
    {
      id: 'department',
      header: 'Department',
      cell: (member) => departmentOf(member) ?? '–',
      sort: departmentOf,
      csv: departmentOf,
    },
    {
      id: 'since',
      header: 'Since',
      cell: (member) => <TimeText at={member.createdAt} style="date" />,
      sort: (member) => member.createdAt,
      csv: (member) => member.createdAt,
    },
    ...(change
      ? [
          {
            id: 'actions',
            header: 'Actions',
            actions: true as const,
            cell: (member: Member) => <MemberActions member={member} />,
          },
        ]
      : []),
  ]
}

function Name({ member }: { member: Member }) {
  const { memberId } = useOrg()
  return (
    <>
      <Group gap={8} component="span">
        {member.name}
        {member.id === memberId && <Badge>You</Badge>}
        {member.endedAt && <Badge>Left</Badge>}
      </Group>
      <span className="lr-below">{member.email}</span>
    </>
  )
}
