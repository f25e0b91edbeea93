// A card for a link in the text: offered when a chosen network shows cards, with the words on it.

import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { IconCards } from '@tabler/icons-react'
import { limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { LinkCard, Segment } from '../../connectors/contract.ts'
import { findLinks } from '../../connectors/text.ts'
import { useComposer } from './composer-context.ts'
import { FieldIssues } from './field-issues.tsx'

interface LinkCardFieldProps {
  index: number
  segment: Segment
  change: (change: (segment: Segment) => Segment) => void
}

export function LinkCardField({ index, segment, change }: LinkCardFieldProps) {
  const { concerned, closed } = useComposer()
  const offered = concerned.some((account) => limitsOf(account).linkCard)
  const { link } = segment
  if (!link) {
    const found = offered && !closed && segment.media.length === 0 ? findLinks(segment.text)[0]?.url : undefined
    if (!found || !URL.canParse(found)) return null
    return (
      <Button
        variant="light"
        size="compact-sm"
        leftSection={<IconCards size={16} />}
        className="cp-split"
        onClick={() => change((before) => ({ ...before, link: { url: found, title: '', description: '' } }))}
      >
        Show a card for {new URL(found).hostname}
      </Button>
    )
  }
  const set = (changes: Partial<LinkCard>) => change((before) => ({ ...before, link: { ...link, ...changes } }))
  return (
    <fieldset className="cp-card-field" disabled={closed !== null}>
      <legend>Link card</legend>
      <Stack gap="xs">
        <p className="cp-card-url">{link.url}</p>
        <TextInput
          label="Title"
          size="xs"
          maxLength={500}
          value={link.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label="Description"
          size="xs"
          autosize
          maxRows={4}
          maxLength={1000}
          value={link.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <FieldIssues field={`segments.${index}.link`} inside />
        <Group>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={() => change(({ link: _, ...before }) => before)}
          >
            Take the card away
          </Button>
        </Group>
      </Stack>
    </fieldset>
  )
}
