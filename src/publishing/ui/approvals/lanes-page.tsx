// Settings of approval: lanes and where they apply, guardrails that raise the tier, and a box to try a text.

import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { useCampaigns } from '../bulk/use-campaigns.ts'
import { findingText, guardrailWords, lookingText, showLooking } from './approval-words.ts'
import { type Guardrail, GuardrailForm } from './guardrail-form.tsx'
import { type Choice, type Lane, roleChoices, scopeKey } from './lane-choices.ts'
import { LaneForm } from './lane-form.tsx'
import '../refusal-words.ts'
import './approvals.css'

export function LanesPage() {
  const org = useOrg()
  const lanes = useQuery(api.lanes.list.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Approval"
      description="Few lanes and clear guardrails: what is safe goes out freely, what is not finds the people who have to agree."
    >
      <LanesSection lanes={lanes} />
      <GuardrailsSection lanes={lanes.data ?? []} />
      <TrySection />
    </AppPage>
  )
}

const usePeople = (): Choice[] => {
  const input = { org: useOrg().id }
  const members = useQuery(api.members.list.queryOptions({ input }))
  const departments = useQuery(api.departments.list.queryOptions({ input }))
  const outsiders = useQuery(api.outsiders.list.queryOptions({ input }))
  return [
    ...roleChoices,
    ...(departments.data ?? []).map(({ id, name }) => ({ value: `department:${id}`, label: `Everybody of ${name}` })),
    ...(members.data ?? [])
      .filter(({ endedAt }) => !endedAt)
      .map(({ id, name, email }) => ({ value: `member:${id}`, label: `${name} (${email})` })),
    ...(outsiders.data ?? []).map(({ id, name }) => ({ value: `outsider:${id}`, label: `${name} (outside)` })),
  ]
}

const useScopes = (): Choice[] => {
  const input = { org: useOrg().id }
  const accounts = useAccounts()
  const campaigns = useCampaigns()
  const departments = useQuery(api.departments.list.queryOptions({ input }))
  return [
    { value: 'organisation', label: 'The whole organisation' },
    ...[...accounts.byId.values()].map(({ id, name }) => ({ value: `account:${id}`, label: `The account ${name}` })),
    ...(departments.data ?? []).map(({ id, name }) => ({ value: `department:${id}`, label: `The department ${name}` })),
    ...campaigns.map(({ id, name }) => ({ value: `campaign:${id}`, label: `The campaign ${name}` })),
  ]
}

function LanesSection({
  lanes,
}: {
  lanes: { data?: Lane[]; isPending: boolean; error: unknown; refetch: () => unknown }
}) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const [people, scopes] = [usePeople(), useScopes()]
  const [editing, setEditing] = useState<Lane | 'new' | null>(null)
  const again = () => refresh(queryClient, api.lanes, api.approvals)
  const retire = async ({ id, name }: Lane) => {
    const run = async () => showLooking('Lane retired', await client.lanes.retire({ org: org.id, id }))
    if (
      await confirm({
        title: `Retire ${name}?`,
        body: 'Posts that wait for it alone go on.',
        action: 'Retire',
        danger: true,
        run,
      })
    )
      await again()
  }
  return (
    <Section
      title="Lanes"
      actions={may('approvals.change') && <Button onClick={() => setEditing('new')}>New lane</Button>}
    >
      <DataTable
        label="Lanes"
        query={lanes}
        rows={lanes.data}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No lanes yet" order={3}>
            Whoever may schedule lets posts go. Make a lane where somebody else has to agree first.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', primary: true, cell: ({ name }) => name },
          {
            id: 'kind',
            header: 'Kind',
            cell: ({ kind }) => ({ ordinary: 'Ordinary', fast: 'Fast', investor: 'Investor relations' })[kind],
          },
          {
            id: 'steps',
            header: 'Steps',
            cell: ({ steps }) =>
              steps
                .map(({ needed }) => (needed === 'all' ? 'all agree' : needed === 1 ? 'one agrees' : `${needed} agree`))
                .join(', then '),
          },
          {
            id: 'scopes',
            header: 'Applies to',
            cell: ({ scopes: where, kind }) =>
              where
                .map(
                  (each) =>
                    scopes.find(({ value }) => value === scopeKey(each))?.label ?? `A ${each.scope} that is gone`,
                )
                .join('; ') || (kind === 'fast' ? 'Chosen for one post' : 'Where a guardrail leads to it'),
          },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (lane) =>
              may('approvals.change') && (
                <>
                  <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setEditing(lane)}>
                    Change
                  </Button>
                  <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void retire(lane)}>
                    Retire
                  </Button>
                </>
              ),
          },
        ]}
      />
      {editing && (
        <LaneForm
          lane={editing === 'new' ? null : editing}
          people={people}
          scopes={scopes}
          close={() => setEditing(null)}
          done={again}
        />
      )}
    </Section>
  )
}

function GuardrailsSection({ lanes }: { lanes: Lane[] }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const guardrails = useQuery(api.guardrails.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Guardrail | 'new' | null>(null)
  const again = () => refresh(queryClient, api.guardrails, api.approvals)
  const { byId } = useAccounts()
  const accounts = [...byId.values()].map(({ id, name }) => ({ value: id, label: name }))
  const choices = lanes.filter(({ kind }) => kind !== 'fast').map(({ id, name }) => ({ value: id, label: name }))
  const remove = async ({ id }: Guardrail) => {
    try {
      const removed = await client.guardrails.remove({ org: org.id, id })
      showUndo(lookingText('Guardrail removed', removed), () =>
        client.guardrails.restore({ org: org.id, id }).then(again),
      )
      await again()
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <Section
      title="Guardrails"
      description="Where one matches, its lane is added, and says why."
      actions={
        may('approvals.change') &&
        choices.length > 0 && (
          <Button variant="default" onClick={() => setEditing('new')}>
            New guardrail
          </Button>
        )
      }
    >
      <DataTable
        label="Guardrails"
        query={guardrails}
        rows={guardrails.data}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No guardrails yet" order={3}>
            They look for sums of money, names, links or quiet periods. Each leads to a lane, so make that first.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', primary: true, cell: ({ name }) => name },
          { id: 'kind', header: 'Looks for', cell: ({ kind }) => guardrailWords[kind] },
          {
            id: 'accounts',
            header: 'Accounts',
            cell: ({ accountIds }) =>
              accountIds.map((id) => byId.get(id)?.name ?? 'A removed account').join('; ') || 'All',
          },
          { id: 'lane', header: 'Lane', cell: ({ laneId }) => lanes.find(({ id }) => id === laneId)?.name ?? '–' },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (guardrail) =>
              may('approvals.change') && (
                <>
                  <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setEditing(guardrail)}>
                    Change
                  </Button>
                  <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void remove(guardrail)}>
                    Remove
                  </Button>
                </>
              ),
          },
        ]}
      />
      {editing && (
        <GuardrailForm
          guardrail={editing === 'new' ? null : editing}
          lanes={choices}
          accounts={accounts}
          close={() => setEditing(null)}
          done={again}
        />
      )}
    </Section>
  )
}

function TrySection() {
  const org = useOrg()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<typeof client.guardrails.try>> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const look = () => client.guardrails.try({ org: org.id, text, at: new Date().toISOString() }).then(setFound, setError)
  return (
    <Section title="Try a text" description="What the guardrails would say to it, were it sent now.">
      <Textarea
        label="Text"
        autosize
        minRows={2}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button mt="xs" w="fit-content" variant="default" disabled={!text.trim()} onClick={() => void look()}>
        Try it
      </Button>
      <ErrorPanel error={error} />
      {found && (
        <ul className="ap-list" role="status" aria-label="What they say">
          {found.length === 0 && <li className="ap-note">Nothing: it goes by the lanes alone.</li>}
          {found.map((each) => (
            <li key={each.guardrailId}>{findingText(each)}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}
