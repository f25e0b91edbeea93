// The library as pictures.

import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMay } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Choice } from './choosing.ts'
import { KindIcon } from './kind-icon.tsx'
import type { LibraryLine } from './library-context.ts'
import { RightsBadge } from './rights-words.tsx'

interface LibraryGridProps {
  lines: LibraryLine[]
  choice: Choice
  open: (id: string) => void
}

export function LibraryGrid({ lines, choice, open }: LibraryGridProps) {
  return (
    <ul className="md-grid" aria-label="Files">
      {lines.map((line) => (
        <li key={line.id} className="md-card" data-chosen={choice.ids.has(line.id) || undefined}>
          <UnstyledButton className="md-card-open" onClick={() => open(line.id)}>
            <Thumb line={line} />
            <span className="md-card-name">{line.fileName}</span>
          </UnstyledButton>
          <ChooseBox line={line} choice={choice} />
          <p className="md-card-facts">
            {line.uses > 0 ? count(line.uses, 'post') : <span className="lr-dimmed">In no post</span>}
            <Doubles copies={line.copies} />
            <RightsBadge rights={line.rights} />
          </p>
        </li>
      ))}
    </ul>
  )
}

export function Doubles({ copies }: { copies: number }) {
  if (copies === 0) return null
  return (
    <span className="md-doubles" title={`${count(copies, 'other file')} with exactly the same content`}>
      <IconCopy size={14} aria-hidden /> {copies + 1} ×
    </span>
  )
}

export function ChooseBox({ line, choice }: { line: LibraryLine; choice: Choice }) {
  const may = useMay()
  if (!may('media.change')) return null
  return (
    <Checkbox
      className="md-choose"
      size="md"
      aria-label={`Choose ${line.fileName}`}
      checked={choice.ids.has(line.id)}
      onChange={() => {}}
      onClick={(event) => choice.toggle(line.id, event.shiftKey)}
    />
  )
}

export function Thumb({ line }: { line: Pick<LibraryLine, 'kind' | 'thumbnailUrl' | 'alt' | 'fileName'> }) {
  return line.thumbnailUrl ? (
    <img className="md-thumb" src={line.thumbnailUrl} alt={line.alt} loading="lazy" decoding="async" />
  ) : (
    <span className="md-thumb md-thumb-none">
      <KindIcon kind={line.kind} />
    </span>
  )
}
