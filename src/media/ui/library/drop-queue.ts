// Brings many files into the library: a few at a time, each content once, waiting when the line is lost, and forgetting nothing.

export type LineState = 'waiting' | 'looking' | 'ready' | 'sending' | 'pausing' | 'arrived' | 'known' | 'failed'

export interface Line<Media> {
  key: string
  name: string
  bytes: number
  state: LineState
  /** Of its bytes that are sent, 0 to 1. */
  share: number
  /** Why it failed, or why it waits. */
  error: unknown
  /** What it became, or what of the same content was there. */
  media: Media | null
}

export interface Tools<Media> {
  hash(file: File): Promise<string | null>
  /** Which of these contents are there. */
  known(contents: string[]): Promise<Map<string, Media>>
  send(
    file: File,
    options: { folderId: string | null; progress: (share: number) => void; signal: AbortSignal },
  ): Promise<{ media: Media; known: boolean }>
  /** What is at fault: the line or the server as a whole, which comes back; only this file, for now; this file for good. */
  fault(error: unknown): 'line' | 'try' | 'file'
  /** Ends early when the line is back. */
  pause(ms: number): Promise<void>
}

export interface DropQueue<Media> {
  add(files: File[], folderId: string | null): void
  /** All that failed, or one. */
  retry(key?: string): void
  /** Stops what is under way or waits; what failed is forgotten. */
  drop(key?: string): void
  /** Takes what is done off the list. */
  clear(): void
  lines(): readonly Line<Media>[]
  subscribe(told: () => void): () => void
}

interface Work {
  file: File
  folderId: string | null
  sha256: string | null | undefined
  tries: number
  /** How many had come when its tries began. */
  since: number
  stop: AbortController
}

const atOnce = 3
/** Contents that are asked for together. */
const together = 20
const longestPauseMs = 30_000
/** So often a file that fails while others come is tried before a person is told. */
const mostTries = 5

export const isOver = ({ state }: { state: LineState }): boolean =>
  state === 'arrived' || state === 'known' || state === 'failed'

export function createDropQueue<Media>(tools: Tools<Media>): DropQueue<Media> {
  const queue: Inside<Media> = {
    tools,
    listeners: new Set(),
    work: new Map(),
    lines: [],
    looking: false,
    sending: 0,
    setbacks: 0,
    came: 0,
    away: false,
  }
  let number = 0
  return {
    add(files, folderId) {
      const added = files.map((file): Line<Media> => {
        number += 1
        const key = String(number)
        queue.work.set(key, { file, folderId, sha256: undefined, tries: 0, since: 0, stop: new AbortController() })
        return { key, name: file.name, bytes: file.size, state: 'waiting', share: 0, error: null, media: null }
      })
      setLines(queue, [...queue.lines, ...added])
      go(queue)
    },
    retry(key) {
      for (const line of queue.lines)
        if (line.state === 'failed' && (key === undefined || key === line.key))
          patch(queue, line.key, { state: 'waiting', error: null, share: 0 })
      go(queue)
    },
    drop: (key) => drop(queue, key),
    clear: () =>
      setLines(
        queue,
        queue.lines.filter(({ state }) => state !== 'arrived' && state !== 'known'),
      ),
    lines: () => queue.lines,
    subscribe(told) {
      queue.listeners.add(told)
      return () => void queue.listeners.delete(told)
    },
  }
}

interface Inside<Media> {
  tools: Tools<Media>
  listeners: Set<() => void>
  work: Map<string, Work>
  lines: readonly Line<Media>[]
  looking: boolean
  sending: number
  /** Faults of the line since something came over it. */
  setbacks: number
  came: number
  /** Nothing is tried until the pause is over. */
  away: boolean
}

function setLines<Media>(queue: Inside<Media>, lines: readonly Line<Media>[]): void {
  queue.lines = lines
  for (const told of queue.listeners) told()
}

const patch = <Media>(queue: Inside<Media>, key: string, change: Partial<Line<Media>>): void =>
  setLines(
    queue,
    queue.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
  )

const stateOf = <Media>({ lines }: Inside<Media>, key: string): LineState | undefined =>
  lines.find((line) => line.key === key)?.state

const contentOf = <Media>({ work }: Inside<Media>, key: string): string | null => work.get(key)?.sha256 ?? null

function go<Media>(queue: Inside<Media>): void {
  if (queue.away) return
  const next = (state: LineState) => queue.lines.find((line) => line.state === state)
  if (!queue.looking && next('waiting')) void look(queue)
  while (queue.sending < atOnce && next('ready')) void send(queue, next('ready')!.key)
}

/** Hashes one file after the other, so that one is in memory, and asks for some together. */
async function look<Media>(queue: Inside<Media>): Promise<void> {
  queue.looking = true
  const some = queue.lines.filter(({ state }) => state === 'waiting').slice(0, together)
  for (const { key } of some) {
    patch(queue, key, { state: 'looking', error: null })
    const each = queue.work.get(key)
    if (each && each.sha256 === undefined) each.sha256 = await queue.tools.hash(each.file).catch(() => null)
  }
  // Some may have been dropped meanwhile.
  const keys = some.map(({ key }) => key).filter((key) => stateOf(queue, key) === 'looking')
  const contents = [...new Set(keys.flatMap((key) => contentOf(queue, key) ?? []))]
  try {
    const known = contents.length > 0 ? await queue.tools.known(contents) : new Map<string, Media>()
    for (const key of keys) {
      const media = known.get(contentOf(queue, key) ?? '')
      if (media) finish(queue, key, 'known', media)
      // One of the same content is on its way: this one looks again when that has come to its end.
      else patch(queue, key, hasTwin(queue, key) ? { state: 'pausing', error: null } : { state: 'ready' })
    }
  } catch (error) {
    for (const key of keys) fail(queue, key, error)
  }
  queue.looking = false
  go(queue)
}

function hasTwin<Media>(queue: Inside<Media>, key: string): boolean {
  const content = contentOf(queue, key)
  const onItsWay = ({ state, error }: Line<Media>) =>
    state === 'ready' || state === 'sending' || (state === 'pausing' && error !== null)
  return (
    content !== null &&
    queue.lines.some((line) => line.key !== key && onItsWay(line) && contentOf(queue, line.key) === content)
  )
}

async function send<Media>(queue: Inside<Media>, key: string): Promise<void> {
  const each = queue.work.get(key)
  if (!each) return
  queue.sending += 1
  each.stop = new AbortController()
  patch(queue, key, { state: 'sending', share: 0 })
  try {
    const { media, known } = await queue.tools.send(each.file, {
      folderId: each.folderId,
      progress: (share) => patch(queue, key, { share }),
      signal: each.stop.signal,
    })
    queue.came += 1
    queue.setbacks = 0
    finish(queue, key, known ? 'known' : 'arrived', media)
  } catch (error) {
    if (!each.stop.signal.aborted) fail(queue, key, error)
  }
  queue.sending -= 1
  go(queue)
}

function finish<Media>(queue: Inside<Media>, key: string, state: 'arrived' | 'known', media: Media): void {
  const content = contentOf(queue, key)
  patch(queue, key, { state, media, share: 1, error: null })
  // The bytes are not needed any more.
  queue.work.delete(key)
  wake(queue, content, media)
}

/** Those that waited for this content. */
function wake<Media>(queue: Inside<Media>, content: string | null, media: Media | null): void {
  if (content === null) return
  for (const { key, state, error } of queue.lines) {
    if (state !== 'pausing' || error !== null || contentOf(queue, key) !== content) continue
    if (media) finish(queue, key, 'known', media)
    else patch(queue, key, { state: 'waiting' })
  }
}

/** What may pass is tried again by itself, from the beginning: perhaps it arrived and only the answer was lost. */
function fail<Media>(queue: Inside<Media>, key: string, error: unknown): void {
  const each = queue.work.get(key)
  if (!each) return
  const fault = queue.tools.fault(error)
  if (each.tries === 0) each.since = queue.came
  each.tries += 1
  // A file at which the line breaks each time, while others come, is not waited for.
  const othersCame = fault === 'try' || queue.came > each.since
  if (fault === 'file' || (each.tries >= mostTries && othersCame)) {
    each.tries = 0
    patch(queue, key, { state: 'failed', error })
    wake(queue, each.sha256 ?? null, null)
    return
  }
  patch(queue, key, { state: 'pausing', error, share: 0 })
  if (!queue.away) void rest(queue)
}

/** All wait together, longer each time, and then begin with looking at what is there. */
async function rest<Media>(queue: Inside<Media>): Promise<void> {
  queue.away = true
  await queue.tools.pause(Math.min(longestPauseMs, 1000 * 2 ** Math.min(queue.setbacks, 5)))
  queue.setbacks += 1
  queue.away = false
  // The question what is there goes first: while the line is away, no bytes are spent on finding that out.
  for (const { key, state, error } of queue.lines)
    if (state === 'ready' || (state === 'pausing' && error !== null)) patch(queue, key, { state: 'waiting' })
  go(queue)
}

function drop<Media>(queue: Inside<Media>, key: string | undefined): void {
  const gone = queue.lines.filter((line) => (key === undefined ? !isOver(line) : key === line.key))
  setLines(
    queue,
    queue.lines.filter((line) => !gone.includes(line)),
  )
  for (const line of gone) {
    const each = queue.work.get(line.key)
    queue.work.delete(line.key)
    each?.stop.abort()
    wake(queue, each?.sha256 ?? null, null)
  }
  go(queue)
}

export interface DropSummary {
  total: number
  arrived: number
  known: number
  failed: number
  /** Neither arrived nor failed. */
  left: number
  /** Of all bytes, those that are there or sent. */
  share: number
  /** Whether everything that is left waits for the line. */
  waits: boolean
}

export function summaryOf(lines: readonly Line<unknown>[]): DropSummary {
  const count = (state: LineState) => lines.filter((line) => line.state === state).length
  const bytes = lines.reduce((sum, line) => sum + line.bytes, 0)
  const there = lines.reduce((sum, line) => sum + line.bytes * (isOver(line) ? 1 : line.share), 0)
  const open = lines.filter((line) => !isOver(line))
  return {
    total: lines.length,
    arrived: count('arrived'),
    known: count('known'),
    failed: count('failed'),
    left: open.length,
    share: lines.length === 0 ? 0 : bytes === 0 ? 1 - open.length / lines.length : there / bytes,
    waits:
      open.some(({ state, error }) => state === 'pausing' && error !== null) &&
      !open.some(({ state }) => state === 'sending' || state === 'looking'),
  }
}
