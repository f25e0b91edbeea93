// Invitations that nobody has accepted yet.

import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { roleWords } from '../../kit/words.ts'

type Invitation = Output<typeof client.members.invitations>[number]

export function InvitationsSection({ departmentName }: { departmentName: (id: string | null) => string | null }) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const invitations = useQuery(api.members.invitations.queryOptions({ input: { org: org.id } }))
  const revoke = async ({ id, email }: Invitation) => {
    const revoked = await confirm({
      title: `Withdraw the invitation of ${email}?`,
      body: 'The link stops working.',
      action: 'Withdraw',
      danger: true,
      run: () => client.members.revokeInvitation({ org: org.id, id }),
    })
    if (revoked) await refresh(queryClient, api.members.invitations)
  }
  return (
    <Section title="Open invitations">
      <DataTable
        label="Open invitations"
        query={invitations}
        rows={invitations.data}
        rowKey={(invitation) => invitation.id}
        empty={<EmptyState title="No open invitations" order={3} />}
        columns={[
          { id: 'email', header: 'E-mail', primary: true, cell: ({ email }) => email },
          { id: 'role', header: 'Role', cell: ({ role }) => roleWords[role].label },
          { id: 'department', header: 'Department', cell: ({ departmentId }) => departmentName(departmentId) ?? '–' },
          { id: 'expires', header: 'Ends', cell: ({ expiresAt }) => <TimeText at={expiresAt} relative /> },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (invitation) => (
              <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void revoke(invitation)}>
                Withdraw
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
