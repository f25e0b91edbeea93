// Chooses published posts and withdraws them: what is chosen is shown first, and the number is typed before anything is deleted.

import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { instantOf, zoneCity } from '../../../kit/time.ts'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { isNarrow, type Selection } from '../../withdrawals/types.ts'
import { ChosenPosts } from './chosen-posts.tsx'
import './withdrawal-words.ts'
import './withdrawals.css'

export function BeginWithdrawalPage() {
  const org = useOrg()
  const [given, change] = useState<Given>({ campaign: null, account: null, from: '', to: '', words: '' })
  const [reason, setReason] = useState('')
  const [settled] = useDebouncedValue(given, 300)
  const selection = selectionOf(settled, org.timeZone)
  const narrow = isNarrow(selection)
  const preview = useQuery({
    ...api.withdrawals.preview.queryOptions({ input: { org: org.id, selection }, staleTime: 0 }),
    enabled: narrow,
  })
  return (
    <AppPage
      title="Withdraw posts"
      description="Deletes published posts at their networks. What is deleted there does not come back."
      crumbs={[
        <TextLink key="withdrawals" inherit to="/o/$slug/withdrawals" params={{ slug: org.slug }}>
          Withdrawals
        </TextLink>,
      ]}
    >
      <Section title="Which ones" description="Everything that fits all that you choose.">
        <SelectionFields given={given} change={(part) => change((before) => ({ ...before, ...part }))} />
      </Section>
      <Section title="What is chosen">
        {!narrow && <p className="wd-note">Choose something above; nobody withdraws everything by an empty form.</p>}
        {narrow && preview.isPending && <LoadingRows rows={3} />}
        <ErrorPanel error={preview.error} retry={() => void preview.refetch()} />
        {narrow && preview.data && <ChosenPosts preview={preview.data} />}
      </Section>
      {narrow && preview.data && preview.data.total > 0 && (
        <Confirm {...{ selection, reason, setReason }} total={preview.data.total} look={preview.refetch} />
      )}
    </AppPage>
  )
}

interface Given {
  campaign: string | null
  account: string | null
  from: string
  to: string
  words: string
}

const selectionOf = ({ campaign, account, from, to, words }: Given, zone: string): Selection => ({
  ...(campaign ? { campaignId: campaign } : {}),
  ...(account ? { accountId: account } : {}),
  ...(from ? { from: instantOf(from, zone).toISOString() } : {}),
  ...(to ? { to: instantOf(to, zone).toISOString() } : {}),
  ...(words.trim() ? { words: words.trim() } : {}),
})

function SelectionFields({ given, change }: { given: Given; change: (part: Partial<Given>) => void }) {
  const org = useOrg()
  const accounts = useAccounts()
  const targets = useQuery(api.holds.targets.queryOptions({ input: { org: org.id } }))
  const campaigns = [{ id: 'none', name: 'Always-on, no campaign' }, ...(targets.data?.campaigns ?? [])]
  return (
    <div className="wd-form">
      <TextInput
        label="Words in them"
        placeholder="Winter jacket"
        maxLength={200}
        value={given.words}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
      <div className="wd-pair">
        <Select
          label="Campaign"
          placeholder="Any"
          clearable
          searchable
          data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          value={given.campaign}
          onChange={(campaign) => change({ campaign })}
        />
        <Select
          label="Account"
          placeholder="Any"
          clearable
          searchable
          data={accounts.all.filter(({ publishes }) => publishes).map(({ id, name }) => ({ value: id, label: name }))}
          value={given.account}
          onChange={(account) => change({ account })}
        />
        <TextInput
          type="datetime-local"
          label="Published from"
          description={`In the zone ${zoneCity(org.timeZone)}`}
          value={given.from}
          onChange={(event) => change({ from: event.currentTarget.value.slice(0, 16) })}
        />
        <TextInput
          type="datetime-local"
          label="Published before"
          description={`In the zone ${zoneCity(org.timeZone)}`}
          value={given.to}
          onChange={(event) => change({ to: event.currentTarget.value.slice(0, 16) })}
        />
      </div>
    </div>
  )
}

interface ConfirmProps {
  selection: Selection
  /** Kept by the page: it stays while the choice changes. */
  reason: string
  setReason: (reason: string) => void
  total: number
  look: () => unknown
}

function Confirm({ selection, reason, setReason, total, look }: ConfirmProps) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const begin = async () => {
    setWorking(true)
    setError(null)
    try {
      const begun = await client.withdrawals.begin({ org: org.id, selection, reason: reason.trim(), count: total })
      void refresh(queryClient, api.withdrawals, api.posts)
      showDone('The withdrawal has begun')
      await navigate({
        to: '/o/$slug/withdrawals/$withdrawalId',
        params: { slug: org.slug, withdrawalId: begun.id },
      })
    } catch (caught) {
      setError(caught)
      void look()
    }
    setWorking(false)
  }
  return (
    <Section title="Withdraw them" description="Kept on record, with who did it.">
      <form
        className="wd-form"
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        <Textarea
          label="Why"
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={`Type the number ${total} to go on`}
          inputMode="numeric"
          w={240}
          required
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ErrorPanel error={error} kept="Nothing was deleted." />
        <div>
          <Button
            type="submit"
            color="crimson"
            loading={working}
            disabled={!reason.trim() || typed.trim() !== String(total)}
          >
            Delete {count(total, 'post')} at {total === 1 ? 'its network' : 'their networks'}
          </Button>
        </div>
      </form>
    </Section>
  )
}
