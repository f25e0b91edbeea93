// What stands for a file that has no picture of its own.

import { IconFileTypePdf, IconMovie } from '@tabler/icons-react'
import type { LibraryLine } from './library-context.ts'

export function KindIcon({ kind }: { kind: LibraryLine['kind'] }) {
  const Icon = kind === 'document' ? IconFileTypePdf : IconMovie
  return <Icon size={32} stroke={1.5} aria-hidden />
}
