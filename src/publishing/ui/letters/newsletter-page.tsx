// One newsletter: how many receive it, who, what was sent, and the addresses by which strangers subscribe.

import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { AddPeopleDialog } from './add-people-dialog.tsx'
import { IssuesTable } from './issues-table.tsx'
import './letter-words.ts'
import { SubscribersTable } from './subscribers-table.tsx'

const route = getRouteApi('/o/$slug/newsletters/$accountId')

type Facts = Output<typeof client.letters.facts>

export function NewsletterPage() {
  const org = useOrg()
  const may = useMay()
  const { accountId } = route.useParams()
  const facts = useQuery(api.letters.facts.queryOptions({ input: { org: org.id, account: accountId } }))
  const [show, setShow] = useSearchWord('show')
  const [adding, setAdding] = useState(false)
  const tab = show === 'issues' || show === 'addresses' ? show : 'people'
  const add = may('letters.change') && <Button onClick={() => setAdding(true)}>Add people</Button>
  return (
    <AppPage
      title={facts.data?.name ?? 'Newsletter'}
      description={facts.data && countsText(facts.data)}
      crumbs={[
        <TextLink key="accounts" to="/o/$slug/accounts" params={{ slug: org.slug }} inherit>
          Accounts
        </TextLink>,
      ]}
      actions={
        <>
          {may('posts.write') && (
            <ButtonLink
              to="/o/$slug/compose"
              params={{ slug: org.slug }}
              search={{ account: accountId }}
              variant="default"
            >
              Write an issue
            </ButtonLink>
          )}
          {add}
        </>
      }
    >
      <SegmentedControl
        value={tab}
        onChange={(value) => setShow(value === 'people' ? null : value)}
        aria-label="What to show"
        data={[
          { value: 'people', label: 'Subscribers' },
          { value: 'issues', label: 'Issues' },
          { value: 'addresses', label: 'Form and addresses' },
        ]}
      />
      {facts.error ? <ErrorPanel error={facts.error} retry={() => void facts.refetch()} /> : null}
      {tab === 'people' && !facts.error && <SubscribersTable accountId={accountId} begin={add} />}
      {tab === 'issues' && !facts.error && <IssuesTable accountId={accountId} />}
      {tab === 'addresses' && (facts.data ? <Addresses facts={facts.data} /> : facts.isPending && <LoadingRows />)}
      <AddPeopleDialog opened={adding} close={() => setAdding(false)} accountId={accountId} />
    </AppPage>
  )
}

function countsText({ counts }: Facts): string {
  const others = [
    counts.asked > 0 && `${counts.asked} asked to confirm`,
    counts.left > 0 && `${counts.left} left`,
    counts.bounced > 0 && `${counts.bounced} not reachable`,
    counts.complained > 0 && `${counts.complained} complained`,
  ].filter(Boolean)
  return [count(counts.confirmed, 'subscriber'), ...others].join(' · ')
}

function Addresses({ facts }: { facts: Facts }) {
  const embed = `<form action="${facts.formUrl}" method="post"><input name="address" type="email" required> <button>Subscribe</button></form>`
  return (
    <Stack gap="lg" maw={640}>
      <Section title="For people">
        <Stack gap="sm">
          <CopyField
            label="Page with the form"
            value={facts.formUrl}
            description="Link it, or print it as a code. Everybody gets a letter that asks to confirm."
          />
          <CopyField label="The form for your own web site" value={embed} description="Paste it into a page as HTML." />
        </Stack>
      </Section>
      {facts.bounceUrl && (
        <Section title="For your mail service">
          <CopyField
            label="Webhook for bounces and complaints"
            value={facts.bounceUrl}
            description="Forms of Postmark, Mailgun and SendGrid are understood, and {address, kind: hard | soft | complaint, message}. Keep it to yourself."
          />
        </Section>
      )}
    </Stack>
  )
}
