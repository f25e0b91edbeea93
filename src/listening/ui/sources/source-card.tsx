// One source: its state in a word and a sentence, how much it brings, what is missing, and stopping it.

import { Button, Group, Tooltip } from '@mantine/core'
import { codeWords } from '../../../accounts/ui/words.ts'
import { api, client, type Output } from '../../../kit/api.ts'
import { moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
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
        <h2 className="li-name">{source.name}</h2>
        <Tooltip label={means}>
          <span>
            <Badge tone={tone} icon={<StateIcon size={14} />}>
              {label}
            </Badge>
          </span>
        </Tooltip>
      </div>
      <div className="li-from">
        <span>
          {source.state === 'by-hand'
            ? 'Brought by people'
            : [source.connectorName, source.kindLabel, ...settings].join(' · ')}
        </span>
      </div>
      <Health source={source} means={means} />
      <Gaps source={source} />
      <Actions source={source} />
    </li>
  )
}

function Health({ source, means }: { source: Source; means: string }) {
  const { state, failureCode, failedAt, heardAt, heardToday, keptToday, lagMs, costToday, currency, connectorName } =
    source
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
              Last trouble <TimeText at={failedAt} relative />:{' '}
              {codeWords({ code: failureCode }, connectorName ?? undefined).what}
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
  const input = { org: org.id, id: source.id }
  const resume = () => client.listeningSources.resume(input)
  const pause = useAct(api.listeningSources, () => (source.pausedAt ? resume() : client.listeningSources.pause(input)))
  const retry = useAct(api.listeningSources, resume)
  const remove = useAct(api.listeningSources, () => client.listeningSources.remove(input), {
    done: `Longrun does not listen to “${source.name}” any more. What was heard stays.`,
    back: () => client.listeningSources.restore(input),
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
