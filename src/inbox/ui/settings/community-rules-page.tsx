// Settings: what is not wanted in comments under each account. Whoever moderates is told; nothing is deleted by itself.

import { Button, Checkbox, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { CommunityRules } from '../../community-rules/types.ts'
import '@mantine/core/styles/NumberInput.css'
import '../refusal-words.ts'
import './settings.css'

const none: CommunityRules = { mostLinks: null, emptyPraise: false, promotion: false, own: [] }

export function CommunityRulesPage() {
  const org = useOrg()
  const accounts = useAccounts()
  const rules = useQuery(api.communityRules.list.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Community rules"
      description="What is not wanted in comments under an account. Comments that seem to break a rule say so to whoever moderates; nothing is hidden or deleted by itself."
    >
      {rules.isPending && <LoadingRows />}
      <ErrorPanel error={rules.error} retry={() => void rules.refetch()} />
      {rules.data && accounts.all.length === 0 && (
        <EmptyState title="No account yet" icon={<IconScale size={28} stroke={1.5} />}>
          Rules stand by the account under which people comment. Connect one first.
        </EmptyState>
      )}
      {rules.data &&
        accounts.all.map(({ id, name }) => (
          <OfAccount
            key={id}
            account={{ id, name }}
            rules={rules.data.find(({ accountId }) => accountId === id)?.rules ?? none}
          />
        ))}
    </AppPage>
  )
}

interface OfAccountProps {
  account: { id: string; name: string }
  rules: CommunityRules
}

function OfAccount({ account, rules }: OfAccountProps) {
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const lines = linesOf(rules)
  return (
    <Section
      title={account.name}
      actions={
        may('accounts.change') &&
        !editing && (
          <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
            Change the rules of {account.name}
          </Button>
        )
      }
    >
      {editing ? (
        <RulesForm account={account} before={rules} close={() => setEditing(false)} />
      ) : lines.length === 0 ? (
        <p className="lr-dimmed">No rules: whatever people write may stand.</p>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function linesOf({ mostLinks, emptyPraise, promotion, own }: CommunityRules): string[] {
  return [
    ...(mostLinks === null ? [] : [mostLinks === 0 ? 'No links' : `At most ${count(mostLinks, 'link')}`]),
    ...(emptyPraise ? ['No empty praise'] : []),
    ...(promotion ? ['No promotion'] : []),
    ...own.map(({ text }) => text),
  ]
}

type OwnRule = CommunityRules['own'][number]

function RulesForm({
  account,
  before: now,
  close,
}: {
  account: OfAccountProps['account']
  before: CommunityRules
  close: () => void
}) {
  // As they were: once others are saved, the page has those already.
  const [before] = useState(now)
  const org = useOrg()
  const queryClient = useQueryClient()
  const [own, setOwn] = useState<OwnRule[]>(before.own)
  const save = async (rules: CommunityRules) => {
    await client.communityRules.change({ org: org.id, id: account.id, rules })
    await refresh(queryClient, api.communityRules)
  }
  const form = useServerForm({
    initialValues: {
      limited: before.mostLinks !== null,
      mostLinks: (before.mostLinks ?? 1) as number | string,
      emptyPraise: before.emptyPraise,
      promotion: before.promotion,
    },
    fieldNames: { 'rules.mostLinks': 'mostLinks' },
    send: ({ limited, mostLinks, emptyPraise, promotion }) =>
      save({
        ...{ mostLinks: limited ? Number(mostLinks) || 0 : null, emptyPraise, promotion },
        own: own.filter(({ text }) => text.trim() !== ''),
      }),
    done: () => {
      showUndo('The rules hold from now on', () => save(before))
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label={`Rules of ${account.name}`}>
      <Switch label="Few links" {...form.field('limited', { type: 'checkbox' })} />
      {form.values.values.limited && (
        <NumberInput
          label="Links in one comment at most"
          description="Links that teach something are welcome; many at once rarely are."
          min={0}
          max={20}
          allowDecimal={false}
          {...form.field('mostLinks')}
        />
      )}
      <Checkbox
        label="No empty praise"
        description="A few words that say how good it is, and not of what."
        {...form.field('emptyPraise', { type: 'checkbox' })}
      />
      <Checkbox
        label="No promotion"
        description="What reads like an advertisement, or sells something beside a link."
        {...form.field('promotion', { type: 'checkbox' })}
      />
      <OwnRules own={own} change={setOwn} />
    </ServerForm>
  )
}

function OwnRules({ own, change }: { own: OwnRule[]; change: (own: OwnRule[]) => void }) {
  const set = (at: number, part: Partial<OwnRule>) =>
    change(own.map((rule, index) => (index === at ? { ...rule, ...part } : rule)))
  return (
    <Stack gap="sm">
      {own.map((rule, at) => (
        <fieldset key={at} className="is-own-rule">
          <legend>Rule of your own {at + 1}</legend>
          <TextInput
            label="The rule"
            maxLength={300}
            value={rule.text}
            onChange={(event) => set(at, { text: event.currentTarget.value })}
          />
          <TagsInput
            label="Words that hint at it"
            description="Words or phrases, Enter after each. Without any it is shown to whoever moderates, and nothing is suggested by it."
            maxTags={30}
            splitChars={[',', ';']}
            acceptValueOnBlur
            value={rule.words}
            onChange={(words) => set(at, { words })}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => change(own.filter((_, index) => index !== at))}
          >
            Take rule {at + 1} out
          </Button>
        </fieldset>
      ))}
      {own.length < 10 && (
        <Button variant="default" size="compact-sm" onClick={() => change([...own, { text: '', words: [] }])}>
          Add a rule of your own
        </Button>
      )}
    </Stack>
  )
}
