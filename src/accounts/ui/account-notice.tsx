// Above everything else on an account's page: what is wrong, what waits for it, and the one thing to do.

import { useMay } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { ReconnectLink } from './reconnect-link.tsx'
import { TroubleTime, useTrouble } from './trouble-text.tsx'
import type { Account } from './use-accounts.ts'

export function AccountNotice({ account, network }: { account: Account; network: string }) {
  const trouble = useTrouble(account, network)
  const may = useMay()
  if (!trouble) return null
  const { scheduledCount, state } = account
  const apart = state !== 'connected'
  return (
    <div className="ac-notice" data-serious={trouble.serious || undefined} role={trouble.serious ? 'alert' : 'status'}>
      <p>
        <strong>{trouble.what}</strong> <TroubleTime trouble={trouble} />. {trouble.next}
        {apart && scheduledCount > 0 && ` ${waitingText(scheduledCount)}`}
        {apart && !may('accounts.connect') && ' An owner, admin or manager can do that.'}
      </p>
      {(apart || trouble.serious) && <ReconnectLink account={account} size="sm" />}
    </div>
  )
}

const waitingText = (scheduled: number): string =>
  scheduled === 1
    ? '1 post waits for it and stays as it is planned.'
    : `${count(scheduled, 'post')} wait for it and stay as they are planned.`
