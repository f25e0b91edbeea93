// The two lanes as lists below each other: for phones, and for a day by the hour.

import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { Section } from '../../../kit/app-page.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Lanes } from './both-page.tsx'
import { daysText } from './campaign-days.ts'

type Lane = Lanes['alwaysOn'][number]

export function LaneLists({ lanes, accounts }: { lanes: Lanes; accounts: Accounts }) {
  const { slug } = useOrg()
  const from = lanes.cells[0]?.cell.slice(0, 10)
  return (
    <div className="la-lists">
      <Section title="Always-on">
        {lanes.alwaysOn.length === 0 ? (
          <p className="cm-note">Nothing of always-on is planned here.</p>
        ) : (
          <PlannedPosts lanes={lanes.alwaysOn} accounts={accounts} from={from} />
        )}
      </Section>
      <Section title="Campaigns">
        {lanes.campaigns.length === 0 && <p className="cm-note">No campaign touches these days.</p>}
        {lanes.campaigns.map(({ id, name, beginsOn, endsOn, lanes: own }) => (
          <article key={id}>
            <h3>
              <TextLink to="/o/$slug/campaigns/$campaignId" params={{ slug, campaignId: id }} c="inherit">
                {name}
              </TextLink>
            </h3>
            <p className="cm-note">{daysText(beginsOn, endsOn)}</p>
            {own.length === 0 ? (
              <p className="cm-note">No post of it is planned here.</p>
            ) : (
              <PlannedPosts lanes={own} accounts={accounts} from={from} />
            )}
          </article>
        ))}
      </Section>
    </div>
  )
}

/** In the order of their times; a post of two accounts once, with both. */
function PlannedPosts({ lanes, accounts, from }: { lanes: Lane[]; accounts: Accounts; from: string | undefined }) {
  const { slug } = useOrg()
  const named = lanes.flatMap((lane) =>
    lane.cells.flatMap((cell) => cell.first.map((post) => ({ ...post, accountId: lane.accountId }))),
  )
  const posts = [...Map.groupBy(named, ({ id }) => id).values()].sort((a, b) => (a[0]!.at < b[0]!.at ? -1 : 1))
  const hidden = lanes.reduce(
    (sum, lane) => sum + lane.cells.reduce((more, cell) => more + cell.count - cell.first.length, 0),
    0,
  )
  return (
    <>
      <ul className="cm-posts">
        {posts.map((some) => {
          const post = some[0]!
          return (
            <li key={post.id}>
              <TextLink to="/o/$slug/posts/$postId" params={{ slug, postId: post.id }} c="inherit">
                {post.summary || 'Without text'}
              </TextLink>
              <span className="cm-post-facts">
                <StateBadge state={post.state} />
                <span>
                  {some.map(({ accountId }) => (accountId ? accounts.nameOf(accountId) : 'No account yet')).join(', ')}
                </span>
                <TimeText at={post.at} />
              </span>
            </li>
          )
        })}
      </ul>
      {hidden > 0 && (
        <p className="cm-note">
          And {count(hidden, 'more', 'more')}:{' '}
          <TextLink to="/o/$slug/calendar" params={{ slug }} search={{ view: 'list', date: from }}>
            open the calendar
          </TextLink>
          .
        </p>
      )}
    </>
  )
}
