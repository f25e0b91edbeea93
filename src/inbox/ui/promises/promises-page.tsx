// Settings of promises: what people may expect and when somebody is there, tried out before anybody relies on it, and who is told when it breaks.

import { ActionIcon, Button, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconHeartHandshake } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { AvailabilitySection } from './availability-section.tsx'
import { EndedSection } from './ended-section.tsx'
import { HoursSection } from './hours-section.tsx'
import { LadderSection } from './ladder-section.tsx'
import { PolicyForm } from './policy-form.tsx'
import { type Policy, targetWords, whomWords } from './promise-words.ts'
import { TrySection } from './try-section.tsx'
import { usePromiseNames } from './use-promise-names.ts'
import { VersionsButton } from './versions-button.tsx'
import '../refusal-words.ts'
import './promises.css'

export function PromisesPage() {
  const org = useOrg()
  const promises = useQuery(api.promises.list.queryOptions({ input: { org: org.id } }))
  const isPromised = (promises.data?.length ?? 0) > 0
  return (
    <AppPage
      title="Promises"
      description="How fast somebody is answered and when somebody is there. Say it in public, and keep it."
    >
      <PoliciesSection promises={promises} />
      <HoursSection />
      {isPromised && <TrySection />}
      {isPromised && <AvailabilitySection />}
      <LadderSection />
      <EndedSection />
    </AppPage>
  )
}

interface PoliciesProps {
  promises: { data?: Policy[]; isPending: boolean; error: unknown; refetch: () => unknown }
}

function PoliciesSection({ promises }: PoliciesProps) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const hours = useQuery(api.hours.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Policy | 'new' | null>(null)
  const again = () => refresh(queryClient, api.promises, api.hours)
  const change = may('promises.change')
  const add = change && (
    <Button onClick={() => setEditing('new')} disabled={!hours.data}>
      New promise
    </Button>
  )
  const move = async (at: number, by: 1 | -1) => {
    const ids = (promises.data ?? []).map(({ id }) => id)
    const moved = ids.splice(at, 1)
    ids.splice(at + by, 0, ...moved)
    await client.promises.order({ org: org.id, ids }).catch(showProblem)
    await again()
  }
  return (
    <Section
      title="What is promised"
      description="The first that matches holds."
      actions={promises.data?.length ? add : null}
    >
      {promises.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={promises.error} retry={() => void promises.refetch()} />
      {promises.data?.length === 0 && (
        <EmptyState
          order={3}
          title="Nothing is promised yet"
          icon={<IconHeartHandshake size={28} stroke={1.5} />}
          action={add}
        >
          Usual beginnings: complaints within 1 opening hour, questions within 4, everything else within 24.
        </EmptyState>
      )}
      <ol className="pr-order">
        {promises.data?.map((policy, at) => (
          <PolicyLine
            key={policy.id}
            policy={policy}
            hoursName={hours.data?.find(({ id }) => id === policy.policy.hoursId)?.name}
            edit={() => setEditing(policy)}
            up={at > 0 ? () => void move(at, -1) : undefined}
            down={at < promises.data!.length - 1 ? () => void move(at, 1) : undefined}
            again={again}
          />
        ))}
      </ol>
      {editing && (
        <PolicyForm
          policy={editing === 'new' ? null : editing}
          hours={hours.data ?? []}
          close={() => setEditing(null)}
          done={again}
        />
      )}
    </Section>
  )
}

interface PolicyLineProps {
  policy: Policy
  hoursName: string | undefined
  edit: () => void
  up: (() => void) | undefined
  down: (() => void) | undefined
  again: () => Promise<unknown>
}

function PolicyLine({ policy, hoursName, edit, up, down, again }: PolicyLineProps) {
  const may = useMay()
  const { policy: said, number, madeAt, madeBy } = policy
  const nameOf = usePromiseNames()
  return (
    <li>
      <div>
        <p className="pr-name">{said.name}</p>
        <p>{said.targets.map(targetWords).join(', ')}</p>
        <p className="pr-facts">
          {whomWords(said.conditions, nameOf)}
          {hoursName && ` · ${hoursName}`} · version {number}
          {madeBy && ` by ${madeBy.name}`}, <TimeText at={madeAt} />
        </p>
      </div>
      <Group gap={4}>
        {may('promises.change') && <PolicyActions policy={policy} edit={edit} up={up} down={down} again={again} />}
        <VersionsButton policy={policy} />
      </Group>
    </li>
  )
}

function PolicyActions({ policy, edit, up, down, again }: Omit<PolicyLineProps, 'hoursName'>) {
  const org = useOrg()
  const confirm = useConfirm()
  const { name } = policy.policy
  const end = async () => {
    const ended = await confirm({
      title: `No longer promise ${name}?`,
      body: 'What began under it goes on as it was promised.',
      action: 'End it',
      danger: true,
      run: () => client.promises.end({ org: org.id, id: policy.id }),
    })
    if (ended) await again()
  }
  return (
    <>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} up`} disabled={!up} onClick={up}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} down`} disabled={!down} onClick={down}>
        <IconArrowDown size={16} />
      </ActionIcon>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={edit} aria-label={`Change ${name}`}>
        Change
      </Button>
      <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void end()} aria-label={`End ${name}`}>
        End
      </Button>
    </>
  )
}
