// On Today: what I do now in the minutes that I have.

import { Button, Group, NumberInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { numberText } from '../programme-words.ts'
import { Running } from '../time/time-section.tsx'
import { SessionLine } from './session-line.tsx'
import { sessionTitle, weekdayText } from './session-words.ts'
import '@mantine/core/styles/NumberInput.css'
import '../programme.css'

type Now = Output<typeof client.sessions.now>

const usual = [5, 15, 30, 60] as const

/** Nothing where the plan has nothing for this person. */
export function SessionsNow() {
  const org = useOrg()
  const may = useMay()
  const [minutes, setMinutes] = useState<number>(15)
  const [settled] = useDebouncedValue(minutes, 200)
  const input = { org: org.id, minutes: settled }
  const found = useQuery(
    api.sessions.now.queryOptions({ input, placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  )
  const timer = useQuery(api.time.mine.queryOptions({ input: { org: org.id } })).data?.timer
  if (!may('programme.log')) return null
  if (!found.error && !found.data?.takesPart) return null
  return (
    <section aria-labelledby="sessions-now" className="lr-panel td-part">
      <div className="td-head">
        <Title order={2} id="sessions-now">
          Your sessions
        </Title>
        <TextLink to="/o/$slug/programme/week" params={{ slug: org.slug }} size="sm">
          Your week
        </TextLink>
      </div>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {timer && <Running timer={timer} />}
      {found.data && found.data.open.length > 0 && <Minutes minutes={minutes} set={setMinutes} />}
      {found.data && <Fitting now={found.data} minutes={settled} />}
    </section>
  )
}

function Minutes({ minutes, set }: { minutes: number; set: (minutes: number) => void }) {
  return (
    <Group gap="xs" role="group" aria-label="How many minutes do you have?">
      {usual.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant={each === minutes ? 'filled' : 'default'}
          aria-pressed={each === minutes}
          onClick={() => set(each)}
        >
          {each} min
        </Button>
      ))}
      <NumberInput
        aria-label="Other minutes"
        size="xs"
        w={80}
        min={1}
        max={960}
        allowDecimal={false}
        value={minutes}
        onChange={(value) => typeof value === 'number' && value >= 1 && set(value)}
      />
    </Group>
  )
}

function Fitting({ now, minutes }: { now: Now; minutes: number }) {
  const { open, fits, done, least, next, today } = now
  const chosen = fits.flatMap((id) => open.find((each) => each.id === id) ?? [])
  const others = open.filter(({ id }) => !fits.includes(id))
  return (
    <>
      {open.length === 0 && <p className="lr-dimmed">{restText(now)}</p>}
      {open.length > 0 && chosen.length === 0 && (
        <p className="lr-dimmed">
          Nothing fits into {count(minutes, 'minute')}: the shortest takes {least}.
        </p>
      )}
      <ul className="plan-list" aria-label="It fits now">
        {chosen.map((session) => (
          <SessionLine key={session.id} session={session} today={today} />
        ))}
      </ul>
      {others.length > 0 && (
        <details className="plan-before">
          <summary>{count(others.length, 'more session')} for longer or later</summary>
          <ul className="plan-list">
            {others.map((session) => (
              <SessionLine key={session.id} session={session} today={today} />
            ))}
          </ul>
        </details>
      )}
      {done.length > 0 && (
        <p className="lr-dimmed">
          Done today: {count(done.length, 'session')}, {numberText(spentOf(done))} minutes.
        </p>
      )}
      {open.length > 0 && chosen.length === 0 && next && <p className="lr-dimmed">{nextText(next)}</p>}
    </>
  )
}

const spentOf = (done: Now['done']): number => done.reduce((sum, { spent, minutes }) => sum + (spent ?? minutes), 0)

const restText = ({ next }: Now): string => `Nothing is left for today. ${next ? nextText(next) : ''}`.trim()

const nextText = (next: NonNullable<Now['next']>): string =>
  `Next: ${sessionTitle(next)}, ${weekdayText(next.day)} at ${next.wall.slice(11, 16)}.`
