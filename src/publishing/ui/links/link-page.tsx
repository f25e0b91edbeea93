// One short link: its addresses to copy, where it stands, and how often people followed it, day by day.

import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, type client, type Output, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { LinkClicks } from './link-clicks.tsx'
import { TakeAway } from './take-away.tsx'
import '../posts.css'

const route = getRouteApi('/o/$slug/links/$linkId')

type ShortLink = Output<typeof client.links.read>

export function LinkPage() {
  const org = useOrg()
  const may = useMay()
  const { linkId } = route.useParams()
  const read = useQuery(
    api.links.read.queryOptions({ input: { org: org.id, id: linkId }, refetchInterval: 60_000, retry: false }),
  )
  const gone = Boolean(read.error) && refusalOf(read.error).status === 404
  const link = read.data
  return (
    <AppPage
      title={link ? link.name || link.shortUrl.replace(/^https?:\/\//, '') : 'Short link'}
      aside={link?.removedAt && <Badge tone="crimson">Taken away</Badge>}
      description={link && <Place link={link} />}
      crumbs={[
        <TextLink key="links" to="/o/$slug/links" params={{ slug: org.slug }} inherit>
          Short links
        </TextLink>,
      ]}
      actions={link && may('links.change') && <TakeAway link={link} />}
    >
      {read.isPending && <LoadingRows />}
      {gone ? (
        <EmptyState title="This link does not exist">The address may not be complete.</EmptyState>
      ) : (
        <ErrorPanel error={read.error} retry={() => void read.refetch()} />
      )}
      {link && <Whole link={link} />}
    </AppPage>
  )
}

function Place({ link }: { link: ShortLink }) {
  const { slug } = useOrg()
  const accounts = useAccounts()
  if (!link.postId || !link.accountId)
    return (
      <>
        Made by hand <TimeText at={link.createdAt} relative />.
      </>
    )
  return (
    <>
      In{' '}
      <TextLink to="/o/$slug/posts/$postId" params={{ slug, postId: link.postId }} inherit>
        {link.summary || 'a post without text'}
      </TextLink>{' '}
      on {accounts.nameOf(link.accountId)}.
    </>
  )
}

function Whole({ link }: { link: ShortLink }) {
  return (
    <>
      {link.removedAt && (
        <p className="po-note">
          It leads nowhere since <TimeText at={link.removedAt} />; whoever follows it sees a page that says so. Its
          clicks stay.
        </p>
      )}
      <Section title="Addresses">
        <Stack gap="sm">
          <CopyField label="Short link" value={link.shortUrl} />
          <CopyField label="Leads to" value={link.target} />
        </Stack>
      </Section>
      <Section
        title="Clicks"
        description="People are requests by what looks like a browser; somebody who clicks twice counts twice. Bots are previews of networks and chats, search engines, and browsers that read ahead."
      >
        <dl className="po-figures">
          <div>
            <dt>People</dt>
            <dd>{link.people.toLocaleString('en')}</dd>
          </div>
          <div>
            <dt>Bots</dt>
            <dd>{link.bots.toLocaleString('en')}</dd>
          </div>
        </dl>
        <p className="po-note">
          Counted since <TimeText at={link.createdAt} />.{' '}
          {link.lastClickAt ? (
            <>
              Last followed <TimeText at={link.lastClickAt} relative />.
            </>
          ) : (
            'Nobody followed it yet.'
          )}
        </p>
      </Section>
      <LinkClicks linkId={link.id} />
    </>
  )
}
