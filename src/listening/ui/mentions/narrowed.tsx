// What of the address narrows the list and stands in no field: a link, a place, a time, one author. Each can be taken away.

import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { timeIn } from '../../../kit/time.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useZone } from '../../../kit/viewer.tsx'
import type { MentionSearch } from './mention-search.ts'

export function Narrowed({ search }: { search: MentionSearch }) {
  const zone = useZone()
  const set = useSetSearch()
  const time = (at: string) => timeIn(new Date(at), zone, 'moment', new Date())
  const { link, place, author, from, to } = search
  const parts = [
    link && { label: `Link: ${link.replace(/^https?:\/\//u, '')}`, away: { link: null } },
    place && { label: `Place: ${place}`, away: { place: null } },
    author && { label: 'One author', away: { author: null } },
    from && { label: `From ${time(from)}`, away: { from: null } },
    to && { label: `Before ${time(to)}`, away: { to: null } },
  ].filter((part) => typeof part === 'object')
  if (parts.length === 0) return null
  return (
    <Group gap="xs" mb="sm">
      {parts.map(({ label, away }) => (
        <Button
          key={label}
          maw="100%"
          variant="default"
          size="compact-sm"
          aria-label={`${label}: take away`}
          rightSection={<IconX size={14} />}
          onClick={() => set(away)}
        >
          {label}
        </Button>
      ))}
    </Group>
  )
}
