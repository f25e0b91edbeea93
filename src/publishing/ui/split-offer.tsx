// Offers to cut a text that is too long into parts of a thread, where a chosen network takes threads.

import { Button } from '@mantine/core'
import { IconScissors } from '@tabler/icons-react'
import { limitsOf } from '../../accounts/ui/use-accounts.ts'
import { useComposer } from './composer-context.ts'
import { fits, splitText } from './split-text.ts'

export function SplitOffer({ index, text }: { index: number; text: string }) {
  const { concerned, edit, closed } = useComposer()
  // Cut for the narrowest network: what fits there fits everywhere.
  const narrowest = concerned
    .map(limitsOf)
    .filter((limits) => limits.thread && limits.thread.max > 1)
    .map((limits) => limits.text)
    .toSorted((a, b) => a.max - b.max)[0]
  if (!narrowest || closed || text.length > 200_000 || fits(text, narrowest)) return null
  const split = () =>
    edit((words) => {
      const old = words.segments[index]!
      const [first = '', ...rest] = splitText(old.text, narrowest)
      const parts = [{ ...old, text: first }, ...rest.map((part) => ({ text: part, media: [] }))]
      return { ...words, segments: words.segments.toSpliced(index, 1, ...parts).slice(0, 200) }
    })
  return (
    <Button
      variant="light"
      size="compact-sm"
      leftSection={<IconScissors size={16} />}
      onClick={split}
      className="cp-split"
    >
      Split into {splitText(text, narrowest).length} parts
    </Button>
  )
}
