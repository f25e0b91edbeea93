// The picture of an account, or the first letter of its name where there is none.

import { Avatar } from '@mantine/core'
import type { Account } from './use-accounts.ts'

export function AccountAvatar({
  account,
  size = 28,
}: {
  account: Pick<Account, 'name' | 'avatarUrl'> | undefined
  size?: number
}) {
  return (
    <Avatar
      src={secure(account?.avatarUrl)}
      size={size}
      radius="xl"
      color="gray"
      alt=""
      imageProps={{ referrerPolicy: 'no-referrer', loading: 'lazy' }}
    >
      {(account?.name ?? '?').trim().charAt(0).toUpperCase() || '?'}
    </Avatar>
  )
}

/** Browsers load nothing else from elsewhere into this app. */
const secure = (url: string | null | undefined): string | null => (url?.startsWith('https://') ? url : null)
