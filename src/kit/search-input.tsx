// A field of search with a button that empties it.

import { Button, TextInput, type TextInputProps } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'

interface SearchInputProps extends Pick<TextInputProps, 'placeholder' | 'maxLength' | 'onKeyDown' | 'ref'> {
  label: string
  typed: string
  change: (typed: string) => void
}

export const SearchInput = ({ label, typed, change, ...more }: SearchInputProps) => (
  <TextInput
    {...more}
    aria-label={label}
    leftSection={<IconSearch size={16} />}
    rightSection={
      typed && (
        <Button variant="subtle" size="compact-xs" px={4} aria-label="Clear the search" onClick={() => change('')}>
          <IconX size={14} />
        </Button>
      )
    }
    value={typed}
    onChange={(event) => change(event.currentTarget.value)}
  />
)
