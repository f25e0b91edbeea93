// My API tokens: what they may do, when they were used, and revoking them.

import { Button, Modal } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { TokenForm } from './token-form.tsx'

type Token = Output<typeof client.tokens.list>[number]

export function TokensPage() {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const tokens = useQuery(api.tokens.list.queryOptions({ input: { org: org.id } }))
  const [creating, setCreating] = useState(false)
  const revoke = async ({ id, name }: Token) => {
    const revoked = await confirm({
      title: `Revoke ${name}?`,
      body: 'Software that uses it loses access at once. This cannot be undone.',
      action: 'Revoke token',
      danger: true,
      run: () => client.tokens.revoke({ org: org.id, id }),
    })
    if (revoked) await refresh(queryClient, api.tokens)
  }
  const create = <Button onClick={() => setCreating(true)}>Create token</Button>
  return (
    <AppPage
      title="API tokens"
      description={
        <>
          For your scripts and other software. A token may do what you may do, within its scopes. See the{' '}
          <TextLink to="/o/$slug/settings/api" params={{ slug: org.slug }} inherit>
            API reference
          </TextLink>
          .
        </>
      }
      actions={tokens.data?.length ? create : null}
    >
      <DataTable
        label="API tokens"
        query={tokens}
        rows={tokens.data}
        rowKey={(token) => token.id}
        empty={
          <EmptyState title="No tokens yet" icon={<IconKey size={28} stroke={1.5} />} action={create}>
            Create one to post from a script, read numbers into a sheet, or connect an assistant.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', primary: true, cell: ({ name }) => name, sort: ({ name }) => name },
          { id: 'prefix', header: 'Begins with', cell: ({ prefix }) => <code>{prefix}…</code> },
          { id: 'scopes', header: 'Scopes', cell: ({ scopes }) => scopes.join(', ') },
          {
            id: 'used',
            header: 'Last used',
            cell: ({ lastUsedAt }) => <TimeText at={lastUsedAt} relative none="never" />,
            sort: ({ lastUsedAt }) => lastUsedAt,
          },
          {
            id: 'expires',
            header: 'Ends',
            cell: ({ expiresAt }) => <TimeText at={expiresAt} style="date" none="never" />,
            sort: ({ expiresAt }) => expiresAt,
          },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (token) => (
              <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void revoke(token)}>
                Revoke
              </Button>
            ),
          },
        ]}
      />
      <Modal opened={creating} onClose={() => setCreating(false)} title="Create an API token" size="lg">
        <TokenForm close={() => setCreating(false)} />
      </Modal>
    </AppPage>
  )
}
