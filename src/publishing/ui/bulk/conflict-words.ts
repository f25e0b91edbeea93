// What stands against a time, in words.

import type { client, Output } from '../../../kit/api.ts'
import { spanText, timeIn } from '../../../kit/time.ts'

type Conflict = Output<typeof client.planning.conflicts>[number]['conflicts'][number]

const span = (minutes: number): string =>
  minutes < 60
    ? `${minutes} min`
    : minutes < 2880
      ? `${Math.round(minutes / 6) / 10} h`
      : `${Math.round(minutes / 1440)} days`

const words: Record<Conflict['code'], (conflict: Conflict, zone: string) => string> = {
  never: ({ params }) => `The clock is set forward over this time; ${String(params.suggested).slice(11, 16)} would do.`,
  past: () => 'This time has passed.',
  twice: () => 'The clock is set back and this time comes twice; the first one is meant.',
  hold: ({ params }) => `A hold stops it: ${String(params.reason)}`,
  'slot-taken': ({ neighbour }, zone) =>
    `At the same time as “${short(neighbour?.summary)}”${when(neighbour?.at, zone)}.`,
  spacing: ({ neighbour, params }, zone) =>
    `${span(Number(params.apartMinutes))} from “${short(neighbour?.summary)}”${when(neighbour?.at, zone)}; ${span(Number(params.wantedMinutes))} apart is better.`,
  quiet: ({ params }) => `${String(params.name)}: a quiet time, ${spanText(String(params.days))}.`,
  holiday: ({ params }) => `${String(params.name)} (${String(params.place)}).`,
}

const short = (text: string | undefined): string => (text ? text.slice(0, 40) : 'another post')
const when = (at: string | undefined, zone: string): string =>
  at ? `, ${timeIn(new Date(at), zone, 'moment', new Date())}` : ''

export const conflictWords = (conflict: Conflict, zone: string): string => words[conflict.code](conflict, zone)
