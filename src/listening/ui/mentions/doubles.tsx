// “and 12 more like it”: opened, who else said the same, when and in which words.

import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, paging } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../use-network-name.ts'
import type { Mention } from './mention-card.tsx'
import './doubles.css'

/** The server counts no further. */
const mostCounted = 1_000

/** `here`: those of a live list, which the server has not counted for this mention. */
export function Doubles({ mention, here }: { mention: Mention; here: readonly Mention[] }) {
  const [open, setOpen] = useState(false)
  const known = mention.doubles + here.length
  if (known === 0) return null
  const many = mention.doubles >= mostCounted ? `more than ${mostCounted.toLocaleString()}` : known.toLocaleString()
  return (
    <>
      <Button
        className="li-more"
        variant="default"
        size="compact-xs"
        onClick={() => setOpen(!open)}
        aria-expanded={open}
      >
        and {many} more like it
      </Button>
      {open && (here.length > 0 ? <Rows mentions={here} /> : <Stored mention={mention} />)}
    </>
  )
}

function Stored({ mention }: { mention: Mention }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.mentions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, like: mention.id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  if (list.isPending) return <LoadingRows />
  return (
    <>
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      <Rows mentions={allItems(list.data) ?? []} />
      <LoadMore list={list} compact mt="xs" />
    </>
  )
}

function Rows({ mentions }: { mentions: readonly Mention[] }) {
  const networkName = useNetworkName()
  return (
    <ul className="li-doubles" aria-label="Those that say the same">
      {mentions.map(({ id, author, network, at, text, url }) => (
        <li key={id}>
          <span>
            {author ? (author.name ?? author.handle ?? 'Somebody') : 'Nobody named'} · {networkName(network)} ·{' '}
            {url ? (
              <a href={url} target="_blank" rel="noopener noreferrer">
                <TimeText at={at} relative />
              </a>
            ) : (
              <TimeText at={at} relative />
            )}
          </span>
          <p dir="auto">{text.length > 280 ? `${text.slice(0, 280).trimEnd()} …` : text}</p>
        </li>
      ))}
    </ul>
  )
}
