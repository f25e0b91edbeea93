// Before an absence: what comes due while its owner is away or nobody is there, who could cover, and handing it over in one step.

import { Button, Group, Select, TextInput } from '@mantine/core'
import { IconUmbrella } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { instantOf } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useSearchWord, useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { spanWords } from '../measures/measure-words.ts'
import type { Risk } from './promise-words.ts'
import '../refusal-words.ts'
import './promises.css'

export function CoverPage() {
  const org = useOrg()
  const zone = useZone()
  const [memberId] = useSearchWord('person')
  const [from] = useSearchWord('from')
  const [until] = useSearchWord('until')
  const at = (day: string | undefined, extra: number) =>
    day && /^\d{4}-\d{2}-\d{2}$/.test(day)
      ? new Date(instantOf(`${day}T00:00`, zone).getTime() + extra).toISOString()
      : undefined
  const away = { memberId, awayFrom: at(from, 0), awayUntil: at(until, dayMs) }
  const isAbsence = Boolean(memberId && away.awayFrom && away.awayUntil)
  const found = useQuery(
    api.promises.atRisk.queryOptions({ input: { org: org.id, ...(isAbsence ? away : {}) }, retry: false }),
  )
  return (
    <AppPage
      title="Before an absence"
      description="What comes due while nobody would answer it, and who could."
      crumbs={[
        <TextLink key="inbox" to="/o/$slug/inbox" params={{ slug: org.slug }}>
          Inbox
        </TextLink>,
      ]}
    >
      <Absence />
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && <Risks risks={found.data.items} until={found.data.until} isAbsence={isAbsence} />}
      {found.data && found.data.gaps.length > 0 && <Gaps gaps={found.data.gaps} />}
    </AppPage>
  )
}

const dayMs = 24 * 3600_000

/** Whose absence is looked at before it is decided; without one, the rota as it is. */
function Absence() {
  const set = useSetSearch()
  const [person] = useSearchWord('person')
  const [from] = useSearchWord('from')
  const [until] = useSearchWord('until')
  return (
    <div className="pr-fields">
      <PersonSelect
        label="If this person were away"
        placeholder="As the rota stands"
        value={person ?? null}
        onChange={(memberId) => set({ person: memberId })}
      />
      <TextInput
        type="date"
        label="From"
        value={from ?? ''}
        onChange={({ currentTarget: { value } }) => set({ from: value })}
      />
      <TextInput
        type="date"
        label="Until"
        value={until ?? ''}
        onChange={({ currentTarget: { value } }) => set({ until: value })}
      />
    </div>
  )
}

function Risks({ risks, until, isAbsence }: { risks: Risk[]; until: string; isAbsence: boolean }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<Record<string, string | null>>({})
  const [working, setWorking] = useState(false)
  const coverOf = ({ id, cover }: Risk) => (id in chosen ? chosen[id]! : (cover[0]?.id ?? null))
  const covered = risks.flatMap((risk) => {
    const ownerId = coverOf(risk)
    return ownerId ? [{ id: risk.id, ownerId }] : []
  })
  const handOver = async () => {
    setWorking(true)
    try {
      const note = isAbsence ? 'Covered during an absence' : 'Covered, so that the promise is kept'
      const { done, refused } = await client.promises.cover({ org: org.id, items: covered.slice(0, 200), note })
      showDone(
        refused.length > 0
          ? `${count(done.length, 'conversation')} handed over, ${refused.length} not`
          : `${count(done.length, 'conversation')} handed over`,
      )
    } catch (error) {
      showProblem(error)
    }
    setWorking(false)
    await refresh(queryClient, api.promises, api.conversations)
  }
  if (risks.length === 0)
    return (
      <EmptyState title="Nothing is at risk" icon={<IconUmbrella size={28} stroke={1.5} />}>
        Until <TimeText at={until} /> somebody is there for everything that comes due.
      </EmptyState>
    )
  return (
    <Section
      title={`${count(risks.length, 'conversation')} at risk`}
      description={
        <>
          Due until <TimeText at={until} />, soonest first.
        </>
      }
      actions={
        may('inbox.handle') && (
          <Button loading={working} disabled={covered.length === 0} onClick={() => void handOver()}>
            Hand over {covered.length}
          </Button>
        )
      }
    >
      <ul className="pr-risks">
        {risks.map((risk) => (
          <RiskLine
            key={risk.id}
            risk={risk}
            cover={coverOf(risk)}
            choose={(ownerId) => setChosen({ ...chosen, [risk.id]: ownerId })}
          />
        ))}
      </ul>
    </Section>
  )
}

function RiskLine({
  risk,
  cover,
  choose,
}: {
  risk: Risk
  cover: string | null
  choose: (ownerId: string | null) => void
}) {
  const { slug } = useOrg()
  const may = useMay()
  const { id, contact, preview, owner, department, dueAt, reason, ownerUntil, anybodyUntil } = risk
  const has = [department, owner?.name].filter(Boolean).join(', ')
  return (
    <li>
      <div>
        <TextLink to="/o/$slug/inbox/$conversationId" params={{ slug, conversationId: id }} className="pr-name" inherit>
          {contact || preview || 'Somebody'}
        </TextLink>
        <p className="pr-facts">{preview}</p>
        <p>
          Due <TimeText at={dueAt} />.{' '}
          {reason === 'owner-away'
            ? `${owner?.name ?? 'Who has it'} is away then.`
            : 'Nobody who could answer is there in time.'}
        </p>
        <p className="pr-facts">
          {has || 'Nobody has it'}
          {(ownerUntil ?? anybodyUntil) && (
            <>
              {' '}
              · {ownerUntil ? 'there until ' : 'somebody is there until '}
              <TimeText at={ownerUntil ?? anybodyUntil} />
            </>
          )}
        </p>
      </div>
      {may('inbox.handle') && (
        <Select
          aria-label={`Who covers ${contact || preview}`}
          placeholder={risk.cover.length > 0 ? 'Nobody' : 'Nobody could'}
          disabled={risk.cover.length === 0}
          clearable
          data={risk.cover.map(({ id: value, name, minutes }) => ({
            value,
            label: `${name}, ${spanWords(minutes * 60_000)} there`,
          }))}
          value={cover}
          onChange={choose}
          w={300}
          maw="100%"
        />
      )}
    </li>
  )
}

function Gaps({ gaps }: { gaps: Output<typeof client.promises.atRisk>['gaps'] }) {
  return (
    <Section title="Gaps of the rota" description="Promised hours in which nobody is at work.">
      <ul className="pr-clocks">
        {gaps.slice(0, 30).map(({ promise, from, until }) => (
          <li key={`${promise} ${from}`}>
            <Group gap={4}>
              <TimeText at={from} /> to <TimeText at={until} />
              <span className="pr-facts">· {promise}</span>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  )
}
