// Does one thing to many posts: tells how it went, what was refused and why, and offers to undo what was done.

import { useQueryClient } from '@tanstack/react-query'
import { api, client, Refused, refresh } from '../../../kit/api.ts'
import { showDone, showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Assignable, BulkAnswer, Outcome } from '../../bulk/types.ts'
import type { CalendarLine } from '../calendar-context.ts'
import { wallClock } from '../calendar-days.ts'
import type { ProposedMove } from './moves.ts'

type Undo = (done: Outcome[]) => Promise<unknown>

export function useBulk(zone: string) {
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.posts, api.planning)
  const undoable = (said: string, done: Outcome[], undo: Undo) => {
    if (done.length === 0) return
    showUndo(said, async () => {
      await undo(done)
      await again()
    })
  }
  /** The answer, so that a dialog can show what was refused; null when nothing could be asked. */
  const run = async (
    work: Promise<BulkAnswer>,
    said: (posts: string) => string,
    undo?: Undo,
  ): Promise<BulkAnswer | null> => {
    try {
      const answer = await work
      const done = answer.rows.filter((row) => row.done)
      if (undo) undoable(said(count(answer.done, 'post')), done, undo)
      else if (answer.done > 0) showDone(said(count(answer.done, 'post')))
      return answer
    } catch (error) {
      showProblem(error, 'Nothing more was changed.')
      return null
    } finally {
      void again()
    }
  }
  /** In a toast, where there is no dialog that shows it: the first reason stands for all. */
  const tellRefused = (answer: BulkAnswer | null) => {
    const refused = answer?.rows.filter((row) => !row.done) ?? []
    const first = refused[0]
    if (first?.code)
      showProblem(
        refusedBy(first),
        `${count(refused.length, 'post')} ${refused.length === 1 ? 'stays as it is' : 'stay as they are'}`,
      )
  }
  return {
    tellRefused,
    ...movingActs({ org, zone, run }),
    ...stateActs({ org, zone, run }),
    ...assigning({ org, run }),
  }
}

export type Bulk = ReturnType<typeof useBulk>

interface Acting {
  org: string
  zone: string
  run: (work: Promise<BulkAnswer>, said: (posts: string) => string, undo?: Undo) => Promise<BulkAnswer | null>
}

const idsOf = (lines: CalendarLine[]) => lines.map(({ id }) => id)

const placesOf = (lines: CalendarLine[], zone: string) =>
  lines.flatMap((line) => (line.dueAt ? [{ id: line.id, wall: wallClock(new Date(line.dueAt), zone), zone }] : []))

function onlyDone<Row extends { id: string }>(rows: Row[], done: Outcome[]): Row[] {
  const ids = new Set(done.map(({ id }) => id))
  return rows.filter(({ id }) => ids.has(id))
}

/** Of those that were changed the ones which waited for their time before: only they go back to waiting. */
const waitedBefore = (lines: CalendarLine[], done: Outcome[]): string[] =>
  idsOf(onlyDone(lines, done).filter(({ state }) => state === 'scheduled' || state === 'in-review'))

function movingActs({ org, zone, run }: Acting) {
  return {
    move: (moves: ProposedMove<CalendarLine>[]) =>
      run(
        client.bulk.move({ org, places: moves.map(({ line, to }) => ({ id: line.id, wall: to, zone })) }),
        (posts) => `${posts} moved`,
        (done) =>
          client.bulk.move({
            org,
            places: onlyDone(
              moves.map(({ line, from }) => ({ id: line.id, wall: from, zone })),
              done,
            ),
          }),
      ),
    copy: (moves: ProposedMove<CalendarLine>[]) =>
      run(
        client.bulk.copy({ org, places: moves.map(({ line, to }) => ({ id: line.id, wall: to, zone })) }),
        (posts) => `${posts} copied into new drafts`,
        (done) => client.bulk.remove({ org, ids: done.flatMap(({ newId }) => newId ?? []) }),
      ),
  }
}

function stateActs({ org, zone, run }: Acting) {
  return {
    schedule: (lines: CalendarLine[]) =>
      run(
        client.bulk.schedule({ org, ids: idsOf(lines) }),
        (posts) => `${posts} scheduled`,
        async (done) => {
          const places = onlyDone(placesOf(lines, zone), done)
          await client.bulk.unschedule({ org, ids: done.map(({ id }) => id) })
          await client.bulk.move({ org, places })
        },
      ),
    unschedule: (lines: CalendarLine[]) =>
      run(
        client.bulk.unschedule({ org, ids: idsOf(lines) }),
        (posts) => `${posts} back to drafts`,
        async (done) => {
          const places = onlyDone(placesOf(lines, zone), done)
          await client.bulk.move({ org, places })
          const back = waitedBefore(lines, done)
          if (back.length > 0) await client.bulk.schedule({ org, ids: back })
        },
      ),
    cancel: (lines: CalendarLine[], reason: string) =>
      run(
        client.bulk.cancel({ org, ids: idsOf(lines), reason }),
        (posts) => `${posts} cancelled`,
        async (done) => {
          const back = waitedBefore(lines, done)
          if (back.length > 0) await client.bulk.schedule({ org, ids: back })
        },
      ),
    hold: (lines: CalendarLine[], reason: string) =>
      run(
        client.bulk.hold({ org, ids: idsOf(lines), reason }),
        (posts) => `${posts} held`,
        (done) => client.bulk.release({ org, ids: done.map(({ id }) => id) }),
      ),
  }
}

function assigning({ org, run }: Omit<Acting, 'zone'>) {
  return {
    assign: (lines: CalendarLine[], change: Partial<Assignable>) =>
      run(
        client.bulk.assign({ org, changes: lines.map(({ id }) => ({ id, ...change })) }),
        (posts) => `${posts} assigned`,
        (done) => client.bulk.assign({ org, changes: done.map(({ id, before }) => ({ id, ...before })) }),
      ),
  }
}

export const refusedBy = ({ code, field, params }: Outcome): Refused =>
  new Refused({ code: code ?? 'failed', field: field ?? undefined, params })
