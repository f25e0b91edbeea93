// The way to connect an account again; keeps its posts, slots and history.

import type { ButtonProps } from '@mantine/core'
import { ButtonLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import type { Account } from './use-accounts.ts'

export function ReconnectLink({ account, ...props }: { account: Account } & Pick<ButtonProps, 'size' | 'variant'>) {
  const { slug } = useOrg()
  const may = useMay()
  if (!may('accounts.connect')) return null
  const search = { network: account.connector, account: account.id }
  return (
    <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }} search={search} {...props}>
      {account.state === 'disconnected' ? 'Connect again' : 'Reconnect'}
    </ButtonLink>
  )
}
