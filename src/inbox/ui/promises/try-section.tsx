// Trying promises: a complaint on Friday at 16:50 is due …

import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { instantOf, timeIn, wallTimeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { type PromiseKind, promiseKinds } from '../../promises/types.ts'
import { kindWords, metricWords } from './promise-words.ts'

export function TrySection() {
  const org = useOrg()
  const zone = useZone()
  const accounts = useAccounts()
  const [kind, setKind] = useState<PromiseKind>('complaint')
  const [chosen, setChosen] = useState<string | null>(null)
  const [wall, setWall] = useState(() => nextFriday(zone))
  const accountId = chosen ?? accounts.all[0]?.id
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)
  const found = useQuery(
    api.promises.preview.queryOptions({
      input: {
        ...{ org: org.id, accountId: accountId ?? '', kind, saidAs: 'comment' },
        at: (isTime ? instantOf(wall.slice(0, 16), zone) : new Date()).toISOString(),
      },
      enabled: accountId !== undefined && isTime,
    }),
  )
  if (accounts.all.length === 0) return null
  return (
    <Section title="Try it" description="When would it be due?">
      <div className="pr-fields">
        <Select
          label="What somebody says"
          allowDeselect={false}
          data={promiseKinds.map((each) => ({ value: each, label: kindWords[each] }))}
          value={kind}
          onChange={(value) => setKind(value as PromiseKind)}
        />
        <Select
          label="To the account"
          allowDeselect={false}
          data={accounts.all.map(({ id, name }) => ({ value: id, label: name }))}
          value={accountId ?? null}
          onChange={setChosen}
        />
        <TextInput
          type="datetime-local"
          label="On"
          value={wall}
          onChange={({ currentTarget: { value } }) => setWall(value.slice(0, 16))}
        />
      </div>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <div aria-live="polite">
        {found.data && isTime && (
          <p>
            {found.data.policy === null ? (
              'Nothing is promised then.'
            ) : (
              <>
                {kindWords[kind]} on {timeIn(instantOf(wall.slice(0, 16), zone), zone, 'day', new Date())} at{' '}
                {wall.slice(11, 16)}, by “{found.data.policy}”:
              </>
            )}
          </p>
        )}
        <ul className="pr-clocks">
          {found.data?.due.map(({ metric, dueAt, dueSoonAt }) => (
            <li key={metric}>
              {metricWords[metric].label}:{' '}
              {dueAt ? (
                <>
                  due <TimeText at={dueAt} />, warned <TimeText at={dueSoonAt} />
                </>
              ) : (
                'never due: its hours do not come'
              )}
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

/** The time at which promises in opening hours show what they mean. */
function nextFriday(zone: string): string {
  const now = new Date()
  const day = wallTimeIn(now, zone).slice(0, 10)
  const weekday = new Date(`${day}T00:00Z`).getUTCDay()
  const friday = new Date(Date.parse(`${day}T00:00Z`) + ((5 - weekday + 7) % 7 || 7) * 86_400_000)
  return `${friday.toISOString().slice(0, 10)}T16:50`
}
