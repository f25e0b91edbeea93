// Topics beside each other on one scale: how much was said of each, now and in the period before, its share of voice and its moods.

import { MultiSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Section } from '../../../kit/app-page.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { changeText, type Period } from '../overview/periods.ts'
import type { Topic } from '../topics/topics-page.tsx'
import type { Compared } from './use-dashboard.ts'

interface BesideProps {
  compared: Compared[]
  topics: Topic[]
  /** The topic whose dashboard this is. */
  own: string
  period: Period
  span: { from: string; to: string }
}

/** More cannot be told apart. */
const mostBeside = 4

export function Beside({ compared, topics, own, period, span }: BesideProps) {
  const set = useSetSearch()
  const most = Math.max(1, ...compared.flatMap(({ total, before }) => [total, before.total]))
  return (
    <Section
      title="Beside others"
      description={`Mentions now, and paler in ${period.before}. All bars have one scale; share of voice is among these topics.`}
    >
      <MultiSelect
        label="Compare with"
        data={topics.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: name }))}
        value={compared.filter(({ id }) => id !== own).map(({ id }) => id)}
        maxValues={mostBeside}
        searchable
        nothingFoundMessage="No such topic"
        onChange={(ids) => set({ with: ids.join(',') || 'none' })}
      />
      <ul className="li-beside">
        {compared.map((each) => (
          <One key={each.id} topic={each} most={most} span={span} />
        ))}
      </ul>
    </Section>
  )
}

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`

function One({ topic, most, span }: { topic: Compared; most: number; span: BesideProps['span'] }) {
  const { slug } = useOrg()
  const { id, name, total, before, share, negative, positive, judged } = topic
  const change = changeText(total, before.total)
  return (
    <li>
      <Link className="li-beside-name" to="/o/$slug/listen" params={{ slug }} search={{ topic: id, ...span }}>
        {name}
      </Link>
      <div className="li-beside-bars" aria-hidden>
        <span style={{ width: `${(100 * total) / most}%` }} />
        <span data-before style={{ width: `${(100 * before.total) / most}%` }} />
      </div>
      <span className="lr-dimmed">
        {total.toLocaleString()} {total === 1 ? 'mention' : 'mentions'}, {before.total.toLocaleString()} before
        {change && ` (${change})`}
        {share !== null && ` · ${percent(share, 1)} share of voice`}
        {judged > 0 &&
          ` · ${percent(negative, judged)} negative, ${percent(positive, judged)} positive of ${judged.toLocaleString()} judged`}
      </span>
    </li>
  )
}
