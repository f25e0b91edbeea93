// Chooses the accounts of a post: one button each, pressed or not, with the network below the name.

import { Button, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { AccountAvatar } from '../../accounts/ui/account-avatar.tsx'
import type { Account } from '../../accounts/ui/use-accounts.ts'
import { TextLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { useComposer } from './composer-context.ts'

/** More would push the text off the screen. */
const shownAtFirst = 12

export function AccountPicker() {
  const { accounts, composition, update, locked } = useComposer()
  const [all, setAll] = useState(false)
  const chosen = new Set(composition.accountIds)
  const offered = accounts.all.filter(
    (account) => chosen.has(account.id) || (account.publishes && account.state !== 'disconnected'),
  )
  const shown =
    all || offered.length <= shownAtFirst + 2
      ? offered
      : offered.filter((account, index) => index < shownAtFirst || chosen.has(account.id))
  const toggle = (id: string) =>
    update((before) => {
      const ids = new Set(before.accountIds)
      if (!ids.delete(id)) ids.add(id)
      return { ...before, accountIds: accounts.all.map((account) => account.id).filter((each) => ids.has(each)) }
    })
  if (offered.length === 0) return <NoAccounts />
  return (
    <fieldset className="cp-accounts">
      <legend>Accounts</legend>
      {shown.map((account) => (
        <AccountToggle
          key={account.id}
          account={account}
          network={accounts.networkOf(account)}
          on={chosen.has(account.id)}
          locked={locked.has(account.id)}
          toggle={() => toggle(account.id)}
        />
      ))}
      {shown.length < offered.length && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAll(true)}>
          {offered.length - shown.length} more
        </Button>
      )}
    </fieldset>
  )
}

interface AccountToggleProps {
  account: Account
  network: string
  on: boolean
  locked: boolean
  toggle: () => void
}

function AccountToggle({ account, network, on, locked, toggle }: AccountToggleProps) {
  const lost = account.state !== 'connected'
  return (
    <UnstyledButton
      className="cp-account"
      aria-pressed={on}
      disabled={locked}
      onClick={toggle}
      title={locked ? 'It is out there already' : undefined}
    >
      <span className="cp-account-picture">
        <AccountAvatar account={account} size={32} />
        {on && (
          <span className="cp-account-on" aria-hidden>
            <IconCheck size={12} stroke={3} />
          </span>
        )}
      </span>
      <span className="cp-account-words">
        <span className="cp-account-name">{account.name}</span>
        <span className="cp-account-network">{lost ? `${network}, not connected` : network}</span>
      </span>
    </UnstyledButton>
  )
}

function NoAccounts() {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <p className="lr-page-description">
      No account can be posted to yet.{' '}
      {may('accounts.connect') ? (
        <TextLink to="/o/$slug/accounts/connect" params={{ slug }}>
          Connect an account
        </TextLink>
      ) : (
        'An owner, admin or manager connects the first one.'
      )}{' '}
      You can write already; the draft is kept.
    </p>
  )
}
