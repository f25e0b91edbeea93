// The health of an account in two lines: that it works or what stands against it, and how long its access lasts.

import { TimeText } from '../../kit/time-text.tsx'
import { count } from '../../kit/words.ts'
import { TroubleTime, useTrouble } from './trouble-text.tsx'
import type { Account } from './use-accounts.ts'

export function HealthCell({ account, network }: { account: Account; network: string }) {
  const trouble = useTrouble(account, network)
  const { lastSuccessAt } = account.health
  return (
    <div className="ac-health">
      {trouble ? (
        <span className={trouble.serious ? 'ac-serious' : undefined}>{trouble.what}</span>
      ) : (
        <>
          Worked <TimeText at={lastSuccessAt} relative none="never yet" />
        </>
      )}
      <span className="lr-below">
        {trouble && (
          <>
            <TroubleTime trouble={trouble} />.{' '}
          </>
        )}
        <Below account={account} />
      </span>
    </div>
  )
}

function Below({ account }: { account: Account }) {
  const { state, scheduledCount, health } = account
  const waiting =
    scheduledCount > 0 && `${count(scheduledCount, 'post')} ${scheduledCount === 1 ? 'waits' : 'wait'} for it`
  if (state !== 'connected') return waiting || 'No posts wait for it'
  if (!health.credentialsExpireAt) return 'Access without an end'
  if (health.renews || !health.accessEndsAt) return 'Access renews by itself'
  return (
    <>
      Access until <TimeText at={health.accessEndsAt} style="date" />
    </>
  )
}
