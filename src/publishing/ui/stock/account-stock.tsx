// One account: days of content as a bar, what is alive now, gaps behind and the next one ahead, and its recycled share.

import { IconAlertTriangle, IconEyeOff, IconLeaf } from '@tabler/icons-react'
import { AccountAvatar } from '../../../accounts/ui/account-avatar.tsx'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { AheadStrip } from './ahead-strip.tsx'
import type { Stock } from './stock-page.tsx'
import { daysHeading, durationText, percentText } from './stock-words.ts'

type Line = Stock['accounts'][number]

/** The bar is full at so many days, or at twice the warning where that is more. */
const fullDays = 14

interface AccountStockProps {
  line: Line
  settings: Stock['settings']
  accounts: Accounts
  at: string
}

export function AccountStock({ line, settings, accounts, at }: AccountStockProps) {
  const { slug } = useOrg()
  const account = accounts.byId.get(line.accountId)
  return (
    <li className="lr-panel st-account" data-low={line.low || undefined}>
      <div className="st-name">
        {account && <AccountAvatar account={account} size={36} />}
        <span>
          <TextLink inherit to="/o/$slug/accounts/$accountId" params={{ slug, accountId: line.accountId }}>
            {accounts.nameOf(line.accountId)}
          </TextLink>
          {account && <span className="lr-below">{accounts.networkOf(account)}</span>}
        </span>
      </div>
      <Days line={line} threshold={settings.stockDays} />
      <Alive line={line} at={at} />
      <dl className="st-facts">
        <Gaps asked={30} gaps={line.gaps30} />
        <Gaps asked={90} gaps={line.gaps90} />
        <div>
          <dt>Recycled</dt>
          <dd data-bad={line.recycled.over || undefined}>
            {line.recycled.share === null ? '–' : percentText(line.recycled.share)}
            <span className="lr-below">
              {line.recycled.n === 0
                ? 'nothing out in 90 days'
                : `${line.recycled.recycled} of ${line.recycled.n}, at most ${settings.recycledLimit} %`}
            </span>
          </dd>
        </div>
      </dl>
      {line.ahead && <AheadStrip ahead={line.ahead} />}
    </li>
  )
}

function Days({ line, threshold }: { line: Line; threshold: number }) {
  const { days, pace, ready, low } = line
  const full = Math.max(fullDays, threshold * 2)
  const wide = days === null ? 0 : Math.min(1, days / full)
  return (
    <div className="st-days">
      <p className="st-big">
        {days === null ? 'No pace yet' : daysHeading(days)}
        {low && (
          <Badge tone="amber" icon={<IconAlertTriangle size={14} />}>
            Runs dry
          </Badge>
        )}
      </p>
      <div className="st-bar" aria-hidden>
        <span style={{ width: `${wide * 100}%` }} />
        {threshold > 0 && threshold < full && <i style={{ insetInlineStart: `${(threshold / full) * 100}%` }} />}
      </div>
      <p className="st-note">
        {count(ready, 'post')} ready
        {pace
          ? ` ÷ ${rate(pace.perDay)} (${pace.from === 'slots' ? 'weekly slots' : 'last 28 days'})`
          : '; without slots and without posts in 28 days nobody can tell how fast they go'}
        {line.lastReadyAt && (
          <>
            ; the last <TimeText at={line.lastReadyAt} />
          </>
        )}
      </p>
    </div>
  )
}

const rate = (perDay: number): string =>
  perDay >= 1 ? `${Math.round(perDay * 10) / 10} a day` : `${Math.round(perDay * 70) / 10} a week`

function Alive({ line, at }: { line: Line; at: string }) {
  const { living, lastEndsAt, nextGapAt } = line
  if (living === null) return <p className="st-note">No half-life is known for this channel. Set one below.</p>
  if (living > 0) {
    return (
      <div className="st-alive">
        <Badge tone="done" icon={<IconLeaf size={14} />}>
          {living} alive
        </Badge>
        <p className="st-note">
          {nextGapAt && (
            <>
              Next gap <TimeText at={nextGapAt} relative />, unless more is scheduled.
            </>
          )}
        </p>
      </div>
    )
  }
  return (
    <div className="st-alive">
      <Badge tone="crimson" icon={<IconEyeOff size={14} />}>
        Nothing alive
      </Badge>
      <p className="st-note">
        {lastEndsAt
          ? `for ${durationText(Math.max(1, (Date.parse(at) - Date.parse(lastEndsAt)) / 60_000))}`
          : 'Nothing went out yet.'}
      </p>
    </div>
  )
}

function Gaps({ asked, gaps }: { asked: number; gaps: Line['gaps30'] }) {
  const days = Math.round((gaps?.days ?? 0) * 10) / 10
  return (
    <div>
      <dt>Gaps, {asked} days</dt>
      <dd>
        {gaps ? percentText(gaps.share) : '–'}
        <span className="lr-below">
          {gaps
            ? `${count(gaps.count, 'gap')}${gaps.count > 0 ? `, longest ${durationText(Math.max(1, gaps.longestHours * 60))}` : ''}${days < asked ? `; connected ${durationText(Math.max(1, gaps.days * 1440))} ago` : ''}`
            : 'not connected long enough'}
        </span>
      </dd>
    </div>
  )
}
