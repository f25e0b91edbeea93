// Choosing posts by mouse and keyboard: a click with a modifier, a range, a rectangle, arrows with shift, space.

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react'
import type { CalendarLine } from '../calendar-context.ts'
import type { Selection } from './selection.ts'

const shown = (view: Element): HTMLElement[] => [...view.querySelectorAll<HTMLElement>('.ca-post[data-id]')]
const idOf = (element: Element | null | undefined): string | undefined => (element as HTMLElement | null)?.dataset.id

/** A click on a post's link. Answers whether it chose, rather than opened. */
export function chooseByClick(
  event: MouseEvent,
  line: CalendarLine,
  { selection, choosing, lineOf }: Choosing,
): boolean {
  if (!(choosing || event.metaKey || event.ctrlKey || event.shiftKey)) return false
  event.preventDefault()
  const view = (event.currentTarget as Element).closest('.ca-view, .ca-dialog-list')
  if (event.shiftKey && selection.anchor && view) {
    const ids = shown(view).map((each) => each.dataset.id!)
    const [from, to] = [ids.indexOf(selection.anchor), ids.indexOf(line.id)].toSorted((a, b) => a - b) as [
      number,
      number,
    ]
    if (from >= 0) {
      selection.add(ids.slice(from, to + 1).flatMap((id) => lineOf(id) ?? []))
      return true
    }
  }
  selection.toggle(line)
  return true
}

export interface Choosing {
  selection: Selection
  choosing: boolean
  lineOf: (id: string) => CalendarLine | undefined
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** On the whole view: arrows go from post to post, with shift they choose on the way, space chooses, Escape lets go. */
export function chooseByKey(
  event: KeyboardEvent<HTMLElement>,
  { selection, lineOf }: Omit<Choosing, 'choosing'>,
): void {
  if (event.key === 'Escape') selection.clear()
  const link = (event.target as Element).closest('.ca-post-link')
  if (!link || event.altKey || event.ctrlKey || event.metaKey) return
  const posts = shown(event.currentTarget)
  const at = posts.findIndex((each) => each.contains(link))
  const line = lineOf(idOf(posts[at]) ?? '')
  if (event.key === ' ' && line) {
    event.preventDefault()
    selection.toggle(line)
  }
  const step = steps[event.key]
  if (!step) return
  event.preventDefault()
  const next = posts[at + step]
  next?.querySelector<HTMLElement>('.ca-post-link')?.focus()
  const other = lineOf(idOf(next) ?? '')
  if (event.shiftKey) selection.add([line, other].flatMap((each) => each ?? []))
}

/** A scrollbar is pressed, not the calendar: its release is never told. */
function onScrollbar({ target, clientX, clientY }: PointerEvent): boolean {
  const part = target as HTMLElement
  const { left, top } = part.getBoundingClientRect()
  return clientX - left > part.clientLeft + part.clientWidth || clientY - top > part.clientTop + part.clientHeight
}

interface Corner {
  x: number
  y: number
}

/** A rectangle drawn with the mouse over empty places chooses the posts in it. */
export function useRectangle({ selection, lineOf }: Omit<Choosing, 'choosing'>) {
  const drawn = useRef<{ from: Corner; box: HTMLElement } | null>(null)
  const place = (box: HTMLElement, { x, y }: Corner, to: Corner) => {
    box.style.inset = `${Math.min(y, to.y)}px auto auto ${Math.min(x, to.x)}px`
    box.style.width = `${Math.abs(x - to.x)}px`
    box.style.height = `${Math.abs(y - to.y)}px`
  }
  const end = (event: PointerEvent<HTMLElement>, take: boolean) => {
    const { from, box } = drawn.current ?? {}
    drawn.current = null
    box?.remove()
    if (!from || !take) return
    const [left, right] = [from.x, event.clientX].toSorted((a, b) => a - b) as [number, number]
    const [top, bottom] = [from.y, event.clientY].toSorted((a, b) => a - b) as [number, number]
    if (right - left < 6 && bottom - top < 6) return
    const inside = shown(event.currentTarget).filter((post) => {
      const rect = post.getBoundingClientRect()
      return rect.left < right && rect.right > left && rect.top < bottom && rect.bottom > top
    })
    selection.add(inside.flatMap((post) => lineOf(post.dataset.id!) ?? []))
  }
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const onSomething = (event.target as Element).closest('.ca-post, a, button, input, [role="dialog"]')
      if (event.pointerType !== 'mouse' || event.button !== 0 || onSomething || onScrollbar(event)) return
      const box = document.createElement('div')
      box.className = 'ca-rectangle'
      document.body.append(box)
      drawn.current = { from: { x: event.clientX, y: event.clientY }, box }
      // Otherwise the browser would mark the words of the calendar meanwhile.
      event.preventDefault()
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (drawn.current) place(drawn.current.box, drawn.current.from, { x: event.clientX, y: event.clientY })
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => end(event, true),
    onPointerLeave: (event: PointerEvent<HTMLElement>) => end(event, false),
  }
}
