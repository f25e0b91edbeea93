// How old a published post is against its shelf life, on each account: alive or past it, as a bar and in words.

import { useQuery } from '@tanstack/react-query'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { durationText } from './stock-words.ts'
import './lives.css'

export function PostLives({ postId, accounts }: { postId: string; accounts: Accounts }) {
  const org = useOrg()
  const lives = useQuery(api.stock.lives.queryOptions({ input: { org: org.id, id: postId }, refetchInterval: 60_000 }))
  if (lives.error) return <ErrorPanel error={lives.error} retry={() => void lives.refetch()} />
  if (!lives.data || lives.data.length === 0) return null
  return (
    <ul className="sl-lives" aria-label="Age against shelf life">
      {lives.data.map(({ variantId, accountId, ageMinutes, shelfLifeMinutes, livesUntil }) => {
        const share = shelfLifeMinutes === null ? 0 : Math.min(1, ageMinutes / shelfLifeMinutes)
        return (
          <li key={variantId} data-over={share === 1 || undefined}>
            <span className="sl-name">{accounts.nameOf(accountId)}</span>
            <span>
              {durationText(Math.max(1, ageMinutes))} old
              {shelfLifeMinutes === null
                ? '; no half-life is known for this channel'
                : `, of ${durationText(shelfLifeMinutes)} of shelf life: `}
              {livesUntil && (
                <>
                  {share < 1 ? 'alive until ' : 'past it since '}
                  <TimeText at={livesUntil} />
                </>
              )}
            </span>
            {shelfLifeMinutes !== null && (
              <span className="sl-bar" aria-hidden>
                <span style={{ width: `${share * 100}%` }} />
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
