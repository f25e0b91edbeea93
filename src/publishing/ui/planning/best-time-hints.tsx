// Times that did better for an account so far: at most three, each with its n and range; a press fills in the time.

import { Button, Group, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayName } from '../../../accounts/ui/slots.ts'
import { api, type client, type Output } from '../../../kit/api.ts'
import { wallText } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'

type BestTimes = Output<typeof client.bestTimes.ofAccount>

interface BestTimeHintsProps {
  accountId: string
  name: string
  use: (wall: string, zone: string) => void
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

export function BestTimeHints({ accountId, name, use }: BestTimeHintsProps) {
  const org = useOrg()
  const { data } = useQuery(
    api.bestTimes.ofAccount.queryOptions({ input: { org: org.id, id: accountId }, staleTime: 600_000 }),
  )
  if (!data) return null
  if (data.mean === null)
    return (
      <p className="cp-note">
        Best times of {name}: not enough posts yet, {data.posts} of {data.needed}.
      </p>
    )
  if (data.hints.length === 0)
    return (
      <p className="cp-note">
        Best times of {name}: none stands out among {data.posts} posts.
      </p>
    )
  return (
    <div>
      <p className="cp-note">
        Did better on {name} than its mean of {whole(data.mean)} likes, replies and reposts a day:
      </p>
      <Group gap={6} mt={4}>
        {data.hints.map((hint) => (
          <Tooltip key={`${hint.day} ${hint.hour}`} label={said(hint, data)} multiline w={260}>
            <Button size="compact-xs" variant="default" onClick={() => use(hint.next, data.zone)}>
              {dayName(hint.day).slice(0, 3)} {clock(hint.hour)}–{clock((hint.hour + data.blockHours) % 24)}, about{' '}
              {whole(hint.likely)} (n = {hint.n})
            </Button>
          </Tooltip>
        ))}
      </Group>
    </div>
  )
}

const said = ({ n, low, high, trust, next }: BestTimes['hints'][number], { posts }: BestTimes): string =>
  `${n} of ${posts} posts went out then. With 80 % a post gets ${whole(low)} to ${whole(high)} in its first day; these posts count ${Math.round(trust * 100)} %, the mean of all the rest. Next: ${wallText(next)}.`
