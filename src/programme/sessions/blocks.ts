// Pure: which pieces of work a plan asks for: one for each item, or several of one kind of a period booked together as one block.

import type { CadenceItem } from '../load/cadence/types.ts'
import type { CadenceLines } from '../plan/types.ts'
import type { SessionRow } from './store.ts'

export interface Block {
  /** By which the plan knows it again. */
  key: string
  line: CadenceLines[number] | null
  /** The item, or the first of several. */
  first: CadenceItem
  count: number
}

type Row = Pick<SessionRow, 'item' | 'activity' | 'state' | 'items'>

/** What of a period is closed already, one by one or as a block, is not asked for again when its line changes from one to the other. */
export function blocksOf(items: readonly CadenceItem[], lines: CadenceLines, rows: readonly Row[]): Block[] {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const closed = rows.filter(({ state }) => ['done', 'skipped', 'missed'].includes(state))
  const done = new Set(closed.map(({ item }) => item))
  const booked = new Map(closed.filter(({ item }) => asBlock.test(item)).map((row) => [row.item, row]))
  const ofKind = (item: CadenceItem) => JSON.stringify([item.line, item.from, item.choice.activity])
  return [...Map.groupBy(items, ofKind).values()].flatMap((group): Block[] => {
    const [head] = group as [CadenceItem, ...CadenceItem[]]
    const line = byId.get(head.line) ?? null
    const period = `${head.line} ${head.from}`
    const alone = group.map((first) => ({ key: keyOf(first, first.id), line, first, count: 1 }))
    const open = alone.filter(({ key }) => !done.has(key))
    const before = [...booked.values()].filter(
      (row) => row.activity === head.choice.activity && row.item.startsWith(`${period} x`),
    )
    const blockOf = (count: number): Block => ({ key: keyOf(head, `${period} x${count}`), line, first: head, count })
    const covered = before.reduce((sum, row) => sum + row.items, 0)
    if (!line?.block || group.length < 2)
      return alone.filter((each) => done.has(each.key) || open.indexOf(each) >= covered)
    const all = blockOf(open.length)
    if (booked.has(all.key)) return [all]
    return open.length > covered ? [blockOf(open.length - covered)] : []
  })
}

/** `line 2027-01-11 x5 short-post`. */
const asBlock = / \d{4}-\d{2}-\d{2} x\d+ /

/** The same work of another line of the plan is another one. */
const keyOf = ({ choice, channel }: CadenceItem, id: string): string =>
  `${id} ${choice.activity} ${channel ?? ''}`.trimEnd()
