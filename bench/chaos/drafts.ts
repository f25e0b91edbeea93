// The posts of a campaign: each part carries a mark of its own by which it is counted on the network.

import type { Draft, DraftMedia } from '../../src/connectors/contract.ts'
import type { Run } from './plan.ts'

export const markPattern = /mk\d+x\d+z/

/** Parts in the order in which they are sent. */
export const partMarks = (run: Run): string[] =>
  Array.from(
    { length: run.shape === 'thread' ? 3 : run.shape === 'comment' ? 2 : 1 },
    (_, position) => `${run.mark}p${position}`,
  )

export function draftOf(run: Run, picture: DraftMedia): Draft {
  const marks = partMarks(run)
  const text = (mark: string) => `A post that must go out once: ${mark}`
  if (run.network === 'ghost' || run.network === 'wordpress') {
    const media = run.shape === 'image' ? [picture] : []
    return { title: `Title ${run.mark}`, segments: [{ text: text(marks[0]!), media }] }
  }
  const segments = (run.shape === 'comment' ? marks.slice(0, 1) : marks).map((mark, at) => ({
    text: text(mark),
    media: run.shape === 'image' && at === 0 ? [picture] : [],
  }))
  return {
    segments,
    ...(run.shape === 'comment' ? { firstComment: text(marks[1]!) } : {}),
    ...(run.gated ? { options: { replies: 'nobody' } } : {}),
  }
}
