// Words for the state of a source.

import {
  type Icon,
  IconAlertTriangle,
  IconCheck,
  IconClockHour4,
  IconHandStop,
  IconLoader2,
  IconPlugConnectedX,
  IconWriting,
} from '@tabler/icons-react'
import type { Tone } from '../../../kit/state-badge.tsx'
import type { SourceState } from '../../sources/types.ts'

export const stateLook: Record<SourceState, { label: string; tone: Tone; icon: Icon; means: string }> = {
  starting: { label: 'Starting', tone: 'slate', icon: IconLoader2, means: 'It was asked and has not answered yet.' },
  listening: { label: 'Listening', tone: 'done', icon: IconCheck, means: 'It answers, and tells what is said now.' },
  behind: {
    label: 'Behind',
    tone: 'amber',
    icon: IconClockHour4,
    means: 'It answers, but what it tells is more than a minute old. It catches up by itself.',
  },
  silent: {
    label: 'Silent',
    tone: 'amber',
    icon: IconAlertTriangle,
    means: 'No sign of life. Longrun tries on; alerts that lean on it wait, because silence is not “nothing said”.',
  },
  refused: {
    label: 'Needs you',
    tone: 'crimson',
    icon: IconPlugConnectedX,
    means: 'It refuses us, and trying again does not help.',
  },
  paused: { label: 'Paused', tone: 'quiet', icon: IconHandStop, means: 'Somebody stopped it.' },
  'by-hand': { label: 'By hand', tone: 'quiet', icon: IconWriting, means: 'People bring what it has.' },
}
