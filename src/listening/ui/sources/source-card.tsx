// One source: its state in a word and a sentence, how much it brings, what is missing, and stopping it.

import { Button, Group, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count, plainCode } from '../../../kit/words.ts'
import { gapWords } from '../listen-words.ts'
import { stateLook } from './source-words.ts'

export type Source = Output<typeof client.listeningSources.read>

export function SourceCard({ source }: { source: Source }) {
  const { label, tone, icon: StateIcon, means } = stateLook[source.state]
  const settings = Object.values(source.settings).filter((value) => typeof value === 'string')
  return (
    <li className="lr-panel li-mention">
      <div className="li-labels">
        <h3 style={{ margin: 0 }}>{source.name}</h3>
        <Tooltip label={means}>
          <span>
            <Badge tone={tone} icon={<StateIcon size={14} />}>
              {label}
            </Badge>
          </span>
        </Tooltip>
      </div>
      <div className="li-from">
        <span>{[source.connectorName, source.kindLabel, ...settings].join(' · ')}</span>
      </div>
      <Health source={source} means={means} />
      <Gaps source={source} />
      <Actions source={source} />
    </li>
  )
}

function Health({ source, means }: { source: Source; means: string }) {
  const { state, failureCode, failedAt, heardAt, heardToday, keptToday, lagMs, costToday, currency } = source
  if (state === 'by-hand') return <p>{count(keptToday, 'mention')} captured today.</p>
  const late = lagMs !== null && lagMs > 5_000 ? `, ${Math.round(lagMs / 1000)} s behind` : ''
  return (
    <>
      <p>
        {heardToday.toLocaleString()} heard in 24 hours, {keptToday.toLocaleString()} kept today{late}
        {costToday !== null && currency && ` · ${moneyText(costToday, currency)} in 24 hours`} · last heard{' '}
        <TimeText at={heardAt} relative none="not yet" />
      </p>
      {(state === 'silent' || state === 'refused' || state === 'behind') && (
        <p>
          {means}
          {failureCode && (
            <>
              {' '}
              Last trouble <TimeText at={failedAt} relative />: {plainCode(failureCode)}.
            </>
          )}
        </p>
      )}
    </>
  )
}

function Gaps({ source }: { source: Source }) {
  if (source.gaps.length === 0) return null
  return (
    <div>
      {source.gaps.slice(0, 3).map((gap) => (
        <p key={gap.statedAt} className="li-source-gap">
          {gap.filledAt ? 'Read afterwards' : 'Missing'}: from <TimeText at={gap.from} none="an unknown time" /> to{' '}
          <TimeText at={gap.to} none="an unknown time" />. {gapWords[gap.reason] ?? plainCode(gap.reason)}.
        </p>
      ))}
    </div>
  )
}

function Actions({ source }: { source: Source }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: source.id }
  const again = () => refresh(queryClient, api.listeningSources)
  const pause = useMutation({
    mutationFn: async () => {
      await (source.pausedAt ? client.listeningSources.resume(input) : client.listeningSources.pause(input))
      await again()
    },
    onError: (error) => showProblem(error),
  })
  const remove = useMutation({
    mutationFn: async () => {
      await client.listeningSources.remove(input)
      await again()
      showUndo(`Longrun does not listen to “${source.name}” any more. What was heard stays.`, async () => {
        await client.listeningSources.restore(input)
        await again()
      })
    },
    onError: (error) => showProblem(error),
  })
  const retry = useMutation({
    mutationFn: async () => {
      await client.listeningSources.resume(input)
      await again()
    },
    onError: (error) => showProblem(error),
  })
  if (!may('listening.change')) return null
  return (
    <Group gap="xs">
      {source.state !== 'by-hand' && (
        <Button variant="default" size="compact-sm" loading={pause.isPending} onClick={() => pause.mutate()}>
          {source.pausedAt ? 'Listen again' : 'Pause'}
        </Button>
      )}
      {(source.state === 'refused' || source.state === 'silent') && (
        <Button variant="default" size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate()}>
          Try now
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        Remove
      </Button>
    </Group>
  )
}
