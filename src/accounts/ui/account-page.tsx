// One account: who it is, whether it works, what it takes, who looks after it, its weekly slots, and how to let it go.

import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api, refusalOf } from '../../kit/api.ts'
import { AppPage, Section } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { showDone } from '../../kit/toast.tsx'
import { useSearchWord } from '../../kit/url-state.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { AccountActions } from './account-actions.tsx'
import { AccountActivity } from './account-activity.tsx'
import { AccountAvatar } from './account-avatar.tsx'
import { AccountFacts } from './account-facts.tsx'
import { AccountNotice } from './account-notice.tsx'
import { AccountSettings } from './account-settings.tsx'
import { SlotsSection } from './slots-section.tsx'
import { type Account, useNetworks } from './use-accounts.ts'
import { hostOf, webAddress } from './web-address.ts'
import './accounts.css'

const route = getRouteApi('/o/$slug/accounts/$accountId')

export function AccountPage() {
  const org = useOrg()
  const { accountId } = route.useParams()
  const account = useQuery(
    api.accounts.read.queryOptions({ input: { org: org.id, id: accountId }, refetchInterval: 30_000 }),
  )
  const networks = useNetworks()
  const network = networks.data?.find(({ id }) => id === account.data?.connector)?.name ?? account.data?.connector ?? ''
  useConnectedToast(account.data)
  const gone = Boolean(account.error) && refusalOf(account.error).status === 404
  const back = (
    <TextLink key="accounts" to="/o/$slug/accounts" params={{ slug: org.slug }} inherit>
      Accounts
    </TextLink>
  )
  return (
    <AppPage
      title={account.data?.name ?? 'Account'}
      aside={account.data && <StateBadge state={account.data.state} />}
      description={account.data && <Identity account={account.data} network={network} />}
      crumbs={[back]}
      actions={account.data && <AccountActions account={account.data} network={network} />}
    >
      {account.isPending && <LoadingRows />}
      {gone ? <NoSuchAccount /> : <ErrorPanel error={account.error} retry={() => void account.refetch()} />}
      {account.data && <Whole account={account.data} network={network} />}
    </AppPage>
  )
}

/** The server sends people here after a sign-in at the network; the address forgets it, so that a reload says nothing. */
function useConnectedToast(account: Account | undefined): void {
  const [connected, setConnected] = useSearchWord('connected')
  const name = account?.name
  useEffect(() => {
    if (!connected || !name) return
    showDone(`${name} is connected`)
    setConnected(undefined)
  }, [connected, name, setConnected])
}

function Identity({ account, network }: { account: Account; network: string }) {
  const address = webAddress(account.url)
  return (
    <span className="ac-identity">
      <AccountAvatar account={account} size={24} />
      {address ? (
        <Anchor href={address} target="_blank" rel="noopener noreferrer" inherit underline="always">
          {account.handle}
        </Anchor>
      ) : (
        account.handle
      )}
      <span>
        {network}
        {account.handle.includes(hostOf(account.server)) ? '' : ` at ${hostOf(account.server)}`}
      </span>
    </span>
  )
}

function Whole({ account, network }: { account: Account; network: string }) {
  return (
    <>
      <AccountNotice account={account} network={network} />
      <div className="ac-split">
        <div className="ac-main">
          <Section title="Who looks after it">
            <AccountSettings key={account.id} account={account} />
          </Section>
          {account.publishes && <SlotsSection key={account.id} account={account} />}
          <Section title="Recent activity">
            <AccountActivity accountId={account.id} />
          </Section>
        </div>
        <div className="ac-side">
          <AccountFacts account={account} network={network} />
        </div>
      </div>
    </>
  )
}

function NoSuchAccount() {
  const { slug } = useOrg()
  return (
    <EmptyState
      title="This account does not exist"
      action={
        <ButtonLink to="/o/$slug/accounts" params={{ slug }} variant="default">
          All accounts
        </ButtonLink>
      }
    >
      The address may not be complete, or it belongs to another organisation.
    </EmptyState>
  )
}
