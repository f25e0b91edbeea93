// All connected accounts: whether each works, what it takes, who owns it, and what to do where one does not work.

import { Code } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { linkOptions } from '@tanstack/react-router'
import { useMemo } from 'react'
import { AppPage } from '../../kit/app-page.tsx'
import { type Column, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { AccountAvatar } from './account-avatar.tsx'
import { HealthCell } from './health-cell.tsx'
import { limitSummary } from './limit-words.ts'
import { ReconnectLink } from './reconnect-link.tsx'
import { type Account, type Accounts, limitsOf, useAccounts } from './use-accounts.ts'
import { type NameOf, useMemberNames } from './use-member-names.ts'
import './accounts.css'

export function AccountsPage() {
  const org = useOrg()
  const may = useMay()
  const accounts = useAccounts()
  const nameOf = useMemberNames()
  const columns = useMemo(() => columnsOf(accounts, nameOf), [accounts, nameOf])
  const connect = may('accounts.connect') && (
    <ButtonLink to="/o/$slug/accounts/connect" params={{ slug: org.slug }}>
      Connect an account
    </ButtonLink>
  )
  return (
    <AppPage
      title="Accounts"
      description="Where posts go out, and the feeds that bring things in."
      actions={accounts.all.length > 0 ? connect : null}
    >
      <DataTable
        label="Accounts"
        query={{ isPending: accounts.pending && !accounts.error, error: accounts.error, refetch: accounts.retry }}
        rows={accounts.pending ? undefined : accounts.all}
        rowKey={(account) => account.id}
        rowLink={(account) =>
          linkOptions({ to: '/o/$slug/accounts/$accountId', params: { slug: org.slug, accountId: account.id } })
        }
        columns={columns}
        csv={{ name: 'accounts', more: exportedOnly }}
        empty={<NoAccounts />}
      />
    </AppPage>
  )
}

function NoAccounts() {
  const { slug } = useOrg()
  const may = useMay()
  const icon = <IconPlugConnected size={28} stroke={1.5} />
  if (!may('accounts.connect')) {
    return (
      <EmptyState title="No accounts yet" icon={icon}>
        An owner, admin or manager connects the first one. Drafts can be written already.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No accounts yet"
      icon={icon}
      action={
        <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }}>
          Connect an account
        </ButtonLink>
      }
    >
      Connect one of your organisation’s own; nothing is posted until somebody schedules it. To try things out first,
      run <Code>bin/longrun practice</Code> on the server: it prints a server, a handle and a token to connect, and
      nobody outside sees anything.
    </EmptyState>
  )
}

const lineOf = (account: Account, accounts: Accounts): string => `${account.handle} · ${accounts.networkOf(account)}`

/** Those that need somebody come first when the list is sorted by state. */
const stateOrder: Account['state'][] = ['needs-reconnect', 'connected', 'disconnected']

const columnsOf = (accounts: Accounts, nameOf: NameOf): Column<Account>[] => [
  {
    id: 'name',
    header: 'Account',
    primary: true,
    width: '28%',
    cell: (account) => <Name account={account} line={lineOf(account, accounts)} />,
    sort: ({ name }) => name,
    csv: ({ name }) => name,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StateBadge state={state} />,
    sort: ({ state }) => stateOrder.indexOf(state),
    csv: ({ state }) => state,
  },
  {
    id: 'health',
    header: 'Health',
    cell: (account) => <HealthCell account={account} network={accounts.networkOf(account)} />,
    sort: ({ health }) => health.lastSuccessAt,
    csv: ({ health }) => health.lastSuccessAt,
  },
  { id: 'takes', header: 'Takes', cell: (account) => <Takes account={account} /> },
  {
    id: 'owner',
    header: 'Owner',
    cell: ({ ownerId }) => nameOf(ownerId) ?? '–',
    sort: ({ ownerId }) => nameOf(ownerId),
    csv: ({ ownerId }) => nameOf(ownerId),
  },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (account) =>
      account.state === 'connected' ? null : <ReconnectLink account={account} size="compact-sm" variant="light" />,
  },
]

const exportedOnly = [
  { header: 'Handle', csv: ({ handle }: Account) => handle },
  { header: 'Network', csv: ({ connector }: Account) => connector },
  { header: 'Server', csv: ({ server }: Account) => server },
  { header: 'Access ends', csv: ({ health }: Account) => health.accessEndsAt },
  { header: 'Permissions', csv: ({ health }: Account) => health.scopes.join(' ') },
  { header: 'Posts waiting', csv: ({ scheduledCount }: Account) => scheduledCount },
]

function Name({ account, line }: { account: Account; line: string }) {
  return (
    <span className="ac-name">
      <AccountAvatar account={account} size={32} />
      <span className="ac-name-words">
        {account.name}
        <span className="lr-below">{line}</span>
      </span>
    </span>
  )
}

function Takes({ account }: { account: Account }) {
  const { scopes } = account.health
  return (
    <>
      {limitSummary(limitsOf(account)) ?? 'Brings items in'}
      {scopes.length > 0 && (
        <span className="lr-below" title={scopes.join('\n')}>
          {count(scopes.length, 'permission')}
        </span>
      )}
    </>
  )
}
