// The numbers of a published post over time. What a network does not offer is said so, and is never shown as zero.

import { useQuery } from '@tanstack/react-query'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import { api, type client, type Output } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { LineChart } from '../../kit/line-chart.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Post } from './use-saver.ts'

type Numbers = Output<typeof client.posts.numbers>[number]
type Snapshot = Numbers['snapshots'][number]

const series = [
  { name: 'likes', label: 'Likes' },
  { name: 'replies', label: 'Replies' },
  { name: 'reposts', label: 'Reposts' },
  { name: 'quotes', label: 'Quotes' },
  { name: 'views', label: 'Views' },
] as const

const inWords = new Intl.ListFormat('en-GB', { type: 'disjunction' })

export function PostNumbers({ post, accounts }: { post: Post; accounts: Accounts }) {
  const org = useOrg()
  const numbers = useQuery(
    api.posts.numbers.queryOptions({ input: { org: org.id, id: post.id }, refetchInterval: 60_000 }),
  )
  if (numbers.isPending) return <LoadingRows rows={3} />
  if (numbers.error) return <ErrorPanel error={numbers.error} retry={() => void numbers.refetch()} />
  return numbers.data.map((each) => {
    const variant = post.variants.find(({ id }) => id === each.variantId)
    return (
      <VariantNumbers
        key={each.variantId}
        name={variant ? accounts.nameOf(variant.accountId) : 'A removed account'}
        numbers={each}
      />
    )
  })
}

function VariantNumbers({ name, numbers: { snapshots, nextAt } }: { name: string; numbers: Numbers }) {
  const last = snapshots.at(-1)
  const offered = series.filter((line) => snapshots.some((snapshot) => snapshot[line.name] !== null))
  const missing = series.filter((line) => !offered.includes(line))
  return (
    <div className="lr-panel po-numbers">
      <h3>{name}</h3>
      {!last && <p className="po-note">{nextAt ? 'Not read yet.' : 'This network offers no numbers.'}</p>}
      {last && (
        <dl className="po-figures">
          {series.map((line) => (
            <div key={line.name}>
              <dt>{line.label}</dt>
              <dd>
                {last[line.name] === null ? (
                  <span className="po-note">not offered</span>
                ) : (
                  last[line.name]!.toLocaleString('en')
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {snapshots.length > 1 && (
        <>
          <Lines name={name} snapshots={snapshots} lines={offered.filter((line) => line.name !== 'views')} />
          {/* Views are of another size: on one axis with them nothing else could be seen. */}
          <Lines name={name} snapshots={snapshots} lines={offered.filter((line) => line.name === 'views')} />
        </>
      )}
      <p className="po-note">
        {last &&
          missing.length > 0 &&
          `The network does not offer ${inWords.format(missing.map(({ label }) => label.toLowerCase()))}. `}
        {nextAt ? (
          <>
            The next reading is <TimeText at={nextAt} />.
          </>
        ) : (
          last && 'There are no further readings.'
        )}
      </p>
    </div>
  )
}

interface LinesProps {
  name: string
  snapshots: Snapshot[]
  lines: (typeof series)[number][]
}

function Lines({ name, snapshots, lines }: LinesProps) {
  if (lines.length === 0) return null
  const label = lines.map((line) => line.label).join(', ')
  return (
    <div>
      {lines.length === 1 && <p className="po-note">{label}</p>}
      <LineChart
        label={`${label} of the post on ${name}`}
        data={snapshots.map(pointOf)}
        series={lines}
        height={lines.length === 1 ? 160 : 220}
      />
    </div>
  )
}

const pointOf = ({ ageMinutes, likes, replies, reposts, quotes, views }: Snapshot) => ({
  x: ageText(ageMinutes),
  likes,
  replies,
  reposts,
  quotes,
  views,
})

const ageText = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`
