// Stock and freshness: for how long content is ready, what is still alive, how much is recycled, and what lasts.

import { Button, Modal } from '@mantine/core'
import { IconAdjustments, IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Accounts, useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { fewestForShare } from '../../stock/rules.ts'
import { AccountStock } from './account-stock.tsx'
import { Living } from './living.tsx'
import { Reuse } from './reuse.tsx'
import { SettingsForm } from './settings-form.tsx'
import { ShelfLives } from './shelf-lives.tsx'
import { percentText } from './stock-words.ts'
import './stock.css'

export type Stock = Output<typeof client.stock.read>

export function StockPage() {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const accounts = useAccounts()
  const stock = useQuery(api.stock.read.queryOptions({ input: { org: org.id }, refetchInterval: 60_000 }))
  const error = stock.error ?? accounts.error
  const ready = stock.data && !accounts.pending
  return (
    <AppPage
      title="Stock and freshness"
      description="How long the content that is ready will last, and what readers still come across."
      actions={
        may('stock.change') &&
        ready && (
          <Button variant="default" leftSection={<IconAdjustments size={16} />} onClick={() => setOpen(true)}>
            Targets
          </Button>
        )
      }
    >
      <ErrorPanel error={error} retry={() => void Promise.all([stock.refetch(), accounts.retry()])} />
      {!ready && !error && <LoadingRows />}
      {ready && stock.data.accounts.length === 0 && <NoAccounts />}
      {ready && stock.data.accounts.length > 0 && <Filled stock={stock.data} accounts={accounts} />}
      <Modal opened={open} onClose={() => setOpen(false)} title="Targets of our content">
        {stock.data && <SettingsForm settings={stock.data.settings} close={() => setOpen(false)} />}
      </Modal>
    </AppPage>
  )
}

function Filled({ stock, accounts }: { stock: Stock; accounts: Accounts }) {
  const { recycled, settings } = stock
  // What runs dry first stands first; what nobody can tell comes last.
  const lines = stock.accounts.toSorted((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity))
  return (
    <>
      <ul className="st-accounts" aria-label="Accounts">
        {lines.map((line) => (
          <AccountStock key={line.accountId} line={line} settings={settings} accounts={accounts} at={stock.at} />
        ))}
      </ul>
      <p className="st-means">
        Days = posts that are ready ÷ pace. Pace: the weekly slots, else the mean of the last 28 days. Alive: younger
        than three half-lives of its channel and kind. All accounts together:{' '}
        {recycled.share === null
          ? 'nothing went out in 90 days'
          : `${percentText(recycled.share)} recycled (${recycled.recycled} of ${recycled.n} posts of 90 days)`}
        , at most {settings.recycledLimit} % {recycled.over ? 'are wanted: that is too much' : 'are wanted'}
        {recycled.n > 0 && recycled.n < fewestForShare ? '; too few posts to judge' : ''}.
      </p>
      <Section title="Alive now" description="What readers still come across, newest first.">
        <Living which="living" accounts={accounts} at={stock.at} />
      </Section>
      <Section
        title="Evergreen"
        description="Living content with a half-life of more than 30 days: worth linking to again."
      >
        <Living which="evergreen" accounts={accounts} at={stock.at} />
      </Section>
      <Section
        title="Reuse by department"
        description="Posts begun in the last 90 days, and how often other departments made something from theirs."
      >
        <Reuse departments={stock.departments} />
      </Section>
      <Section
        title="Half-lives"
        description="Minutes, hours or months until half of the reaction came. Public figures are a beginning: set your own when you know better."
      >
        <ShelfLives accounts={accounts} />
      </Section>
    </>
  )
}

function NoAccounts() {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <EmptyState
      title="Nothing to measure yet"
      icon={<IconStack2 size={28} stroke={1.5} />}
      action={
        may('accounts.connect') && (
          <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }}>
            Connect an account
          </ButtonLink>
        )
      }
    >
      Once an account is connected, this page says for how many days its content lasts and what of it is still alive.
    </EmptyState>
  )
}
