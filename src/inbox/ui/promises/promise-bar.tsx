// How the promises of a conversation stand: above it what is due and the word that one has it, beside it every clock and who was told.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Conversation } from '../inbox-words.ts'
import { DueText } from './due-text.tsx'
import { type Clock, levelWords, metricWords, stateWords } from './promise-words.ts'
import './promises.css'

function useClocks(id: string) {
  const org = useOrg()
  return useQuery(api.promises.ofConversation.queryOptions({ input: { org: org.id, id } }))
}

const wasTold = ({ endedAt, steps }: Clock): boolean => endedAt === null && steps.some(({ told }) => told.length > 0)

export function PromiseBar({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const { data: clocks = [] } = useClocks(conversation.id)
  const acknowledge = useAct(api.promises, () => client.promises.acknowledge({ org: org.id, id: conversation.id }))
  const told = clocks.filter(wasTold)
  const open = told.find((clock) => needsWord(clock))
  useShortcut('w', 'Say that you see to it', () => open && may('inbox.handle') && acknowledge.mutate())
  const { due } = conversation
  if (!due) return null
  const seen = told.find(({ acknowledgedAt }) => acknowledgedAt !== null)
  return (
    <div className="pr-bar">
      <div>
        <p>
          <DueText due={due} /> · {metricWords[due.metric].label.toLowerCase()}
        </p>
        {open && <p className="pr-facts">Told: {toldWords(open)}.</p>}
        {!open && seen?.acknowledgedBy && (
          <p className="pr-facts">
            {seen.acknowledgedBy.name} sees to it, since <TimeText at={seen.acknowledgedAt} />.
          </p>
        )}
      </div>
      {open && may('inbox.handle') && (
        <Button size="compact-md" loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          I see to it
        </Button>
      )}
    </div>
  )
}

/** Whoever saw to it when it was due soon has to say so again when it broke. */
function needsWord({ acknowledgedAt, brokenAt, steps }: Clock): boolean {
  if (acknowledgedAt === null) return true
  const last = steps.findLast(({ told }) => told.length > 0)
  return brokenAt !== null && acknowledgedAt < brokenAt && last !== undefined && last.at > acknowledgedAt
}

const toldWords = ({ steps }: Clock): string =>
  steps
    .flatMap(({ told }) => told.map(({ name }) => name))
    .filter((name, index, all) => name && all.indexOf(name) === index)
    .join(', ')

export function PromiseSection({ conversation }: { conversation: Conversation }) {
  const clocks = useClocks(conversation.id)
  if (clocks.data?.length === 0) return null
  return (
    <Section title="Promises">
      <ErrorPanel error={clocks.error} retry={() => void clocks.refetch()} />
      <ul className="pr-clocks">
        {clocks.data?.slice(0, 8).map((clock) => (
          <ClockLine key={`${clock.metric} ${clock.round}`} clock={clock} />
        ))}
      </ul>
    </Section>
  )
}

function ClockLine({ clock }: { clock: Clock }) {
  const { metric, state, dueAt, brokenAt, endedAt, promise, version, steps } = clock
  return (
    <li>
      <p>
        {metricWords[metric].label}: {stateWords[state]}
      </p>
      <p className="pr-facts">
        {endedAt === null && (brokenAt ?? dueAt) && (
          <>
            due <TimeText at={brokenAt ?? dueAt} /> ·{' '}
          </>
        )}
        {endedAt !== null && (
          <>
            <TimeText at={endedAt} />
            {dueAt && (
              <>
                , due <TimeText at={dueAt} />
              </>
            )}{' '}
            ·{' '}
          </>
        )}
        {promise}, version {version}
      </p>
      {steps.length > 0 && (
        <ul className="pr-steps">
          {steps.map((step) => (
            <li key={step.level}>
              <TimeText at={step.at} />:{' '}
              {step.told.length > 0
                ? `${step.told.map(({ name }) => name).join(', ')} told as ${levelWords[step.level]}`
                : `no ${levelWords[step.level]} there`}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
