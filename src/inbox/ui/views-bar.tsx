// The views of the inbox: those that everybody has, shared ones and one's own; 1 to 9 open the first of them.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { views } from './inbox-words.ts'
import type { Shown } from './use-listing.ts'

/** More are not counted. */
const mostCounted = 1_000
const countsEveryMs = 15_000

export function ViewsBar({ shown }: { shown: Shown }) {
  const org = useOrg()
  const saved = useQuery(api.conversationViews.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const counts = useQuery(api.conversations.counts.queryOptions({ input: { org: org.id } }))
  const savedCounts = useQuery(
    api.conversationViews.counts.queryOptions({
      input: { org: org.id },
      enabled: Boolean(saved.data?.length),
      refetchInterval: countsEveryMs,
    }),
  )
  const { unread: unreadOnes, ...openOnes } = counts.data ?? { unread: {} }
  const [numbers, unread]: Numbers[] = [openOnes, unreadOnes]
  const all = [
    ...views.map(({ key, label }) => ({
      ...{ key: key as string, label: label as string, count: wordsOf(numbers![key]), unread: wordsOf(unread![key]) },
    })),
    ...(saved.data ?? []).map(({ id, name }) => {
      const found = savedCounts.data?.find((each) => each.id === id)
      const count = found && wordsOf(found.count, found.isWhole)
      return { key: id, label: name, count, unread: wordsOf(found?.unread) }
    }),
  ]
  return (
    <fieldset className="ib-views" aria-label="Views">
      {all.map(({ key, label, count, unread: news }, index) => (
        <ViewButton
          key={key}
          label={label}
          count={count}
          unread={news}
          digit={index < 9 ? index + 1 : null}
          isOpen={shown.key === key}
          open={() => shown.open(key)}
        />
      ))}
    </fieldset>
  )
}

type Numbers = Partial<Record<string, number>>

const wordsOf = (count: number | undefined, isWhole = (count ?? 0) < mostCounted): string | undefined =>
  count ? (isWhole ? count.toLocaleString('en') : `${(count - 1).toLocaleString('en')}+`) : undefined

interface ViewButtonProps {
  label: string
  count: string | undefined
  /** How many of them somebody has not read. */
  unread: string | undefined
  digit: number | null
  isOpen: boolean
  open: () => void
}

function ViewButton({ label, count, unread, digit, isOpen, open }: ViewButtonProps) {
  return (
    <button type="button" aria-pressed={isOpen} onClick={open}>
      {digit !== null && <DigitKey digit={digit} label={label} open={open} />}
      {label} {count && <span className="ib-count">{count}</span>}
      {unread && <span className="ib-news">{` ${unread} unread`}</span>}
    </button>
  )
}

function DigitKey({ digit, label, open }: { digit: number; label: string; open: () => void }) {
  useShortcut(`${digit}`, `View: ${label}`, open)
  return null
}
