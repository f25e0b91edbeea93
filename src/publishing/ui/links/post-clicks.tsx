// The clicks of a post's short links, by account, with what they mean.

import { useQuery } from '@tanstack/react-query'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

/** Nothing where the post has no short links. */
export function PostClicks({ postId, accounts }: { postId: string; accounts: Accounts }) {
  const org = useOrg()
  const clicks = useQuery(
    api.links.ofPost.queryOptions({ input: { org: org.id, id: postId }, refetchInterval: 60_000 }),
  )
  if (clicks.error) return <ErrorPanel error={clicks.error} retry={() => void clicks.refetch()} />
  if (!clicks.data || clicks.data.length === 0) return null
  return (
    <Section
      title="Clicks"
      description="People are requests of its short links by what looks like a browser; somebody who clicks twice counts twice. Bots are previews, search engines, and browsers that read ahead."
    >
      {clicks.data.map(({ variantId, accountId, people, bots, since, links }) => (
        <div className="lr-panel po-numbers" key={variantId}>
          <h3>{accounts.nameOf(accountId)}</h3>
          <dl className="po-figures">
            <div>
              <dt>People</dt>
              <dd>{people.toLocaleString('en')}</dd>
            </div>
            <div>
              <dt>Bots</dt>
              <dd>{bots.toLocaleString('en')}</dd>
            </div>
          </dl>
          <ul className="po-note" style={{ margin: 0, paddingInlineStart: '1.2em', overflowWrap: 'anywhere' }}>
            {links.map((link) => (
              <li key={link.id}>
                {link.people.toLocaleString('en')} to {link.target}
                {link.removedAt && ' (taken away)'}
              </li>
            ))}
          </ul>
          <p className="po-note">
            Counted since <TimeText at={since} />.
          </p>
        </div>
      ))}
    </Section>
  )
}
