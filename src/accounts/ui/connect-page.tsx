// Connects an account: choose a network, choose a way, answer its questions. Also the way to connect one again.

import { getRouteApi } from '@tanstack/react-router'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { ConnectMethod } from './connect-method.tsx'
import { NetworkCards } from './network-cards.tsx'
import { type Account, type Accounts, type Network, useAccounts, useNetworks } from './use-accounts.ts'
import './accounts.css'

const route = getRouteApi('/o/$slug/accounts/connect')

export function ConnectPage() {
  const { slug } = useOrg()
  const may = useMay()
  const { network: wanted, account: accountId } = route.useSearch()
  const networks = useNetworks()
  const accounts = useAccounts()
  const account = accountId ? accounts.byId.get(accountId) : undefined
  const network = networks.data?.find(({ id }) => id === (account?.connector ?? wanted))
  const crumbs = [
    <TextLink key="accounts" to="/o/$slug/accounts" params={{ slug }} inherit>
      Accounts
    </TextLink>,
    ...(network && !accountId
      ? [
          <TextLink key="networks" to="/o/$slug/accounts/connect" params={{ slug }} inherit>
            All networks
          </TextLink>,
        ]
      : []),
  ]
  return (
    <AppPage
      title={titleOf(account, network)}
      description={descriptionOf(account, network)}
      crumbs={crumbs}
      width={network ? 'narrow' : 'wide'}
    >
      {may('accounts.connect') ? (
        <Steps network={network} networks={networks.data} accountId={accountId} accounts={accounts} />
      ) : (
        <Forbidden />
      )}
    </AppPage>
  )
}

function titleOf(account: Account | undefined, network: Network | undefined): string {
  if (account) return `Reconnect ${account.name}`
  return network ? `Connect ${network.practice ? 'the practice network' : network.name}` : 'Connect an account'
}

function descriptionOf(account: Account | undefined, network: Network | undefined): string | undefined {
  if (account)
    return `Connect ${account.handle} again. Its scheduled posts, slots and history stay; what waits goes out afterwards.`
  return network ? undefined : 'Choose where the account is. Nothing is posted until somebody schedules it.'
}

interface StepsProps {
  network: Network | undefined
  networks: Network[] | undefined
  accountId: string | undefined
  accounts: Accounts
}

function Steps({ network, networks, accountId, accounts }: StepsProps) {
  if (accounts.error) return <ErrorPanel error={accounts.error} retry={accounts.retry} />
  if (!networks || accounts.pending) return <LoadingRows />
  const account = accountId ? accounts.byId.get(accountId) : undefined
  if (accountId && !account) return <GoneAccount />
  return network ? (
    <ConnectMethod key={network.id} network={network} account={account} />
  ) : (
    <NetworkCards networks={networks} />
  )
}

function GoneAccount() {
  const { slug } = useOrg()
  return (
    <EmptyState
      title="This account does not exist"
      action={
        <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }} variant="default">
          Connect another
        </ButtonLink>
      }
    >
      The address may not be complete, or it belongs to another organisation.
    </EmptyState>
  )
}

function Forbidden() {
  const { slug } = useOrg()
  return (
    <EmptyState
      title="Your role does not connect accounts"
      action={
        <ButtonLink to="/o/$slug/accounts" params={{ slug }} variant="default">
          See the accounts
        </ButtonLink>
      }
    >
      Owners, admins and managers do. Ask one of them.
    </EmptyState>
  )
}
