// How often what was sought stands in the open conversation, and the way from one place to the next.

import { Button, Group } from '@mantine/core'
import type { Hits } from './use-hits.ts'

export function HitsBar({ hits: { place, count, go } }: { hits: Hits }) {
  if (count === 0) return null
  return (
    <Group className="ib-hits" gap="xs">
      <span className="ib-facts" role="status">
        Found: {place} of {count.toLocaleString('en')}
      </span>
      {count > 1 && (
        <>
          <Button variant="default" size="compact-sm" onClick={() => go(-1)}>
            Place before
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => go(1)}>
            Next place
          </Button>
        </>
      )}
    </Group>
  )
}
