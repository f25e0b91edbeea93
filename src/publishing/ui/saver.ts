// Saves a post while it is written: one write at a time, the newest words win, and a newer revision elsewhere stops it.

import type { SaveProgress } from '../../kit/save-state.tsx'
import { type SavedForm, sameContent } from './composition.ts'

export interface SavedPost {
  id: string
  revision: number
}

export interface SaverState {
  progress: SaveProgress
  savedAt: Date | null
  post: SavedPost | null
  /** Somebody saved a newer revision; nothing is written until a person has chosen. */
  conflict: boolean
  error: unknown
}

interface SaverPlan<Post extends SavedPost> {
  post: Post | null
  form: SavedForm
  write: (form: SavedForm, post: SavedPost | null) => Promise<Post>
  /** Keeps words that are not at the server yet; null: everything is. */
  keep: (form: SavedForm | null, post: SavedPost | null) => void
  saved?: (post: Post) => void
  /** What an error means: a newer revision elsewhere, a lost line that is tried again, or a refusal. */
  judge: (error: unknown) => 'conflict' | 'lost' | 'refused'
  debounceMs?: number
  retryMs?: number
}

export interface Saver<Post extends SavedPost> {
  state: () => SaverState
  subscribe: (listener: () => void) => () => void
  /** Called with every change; `worth` false keeps an empty sheet from becoming a post. */
  change: (form: SavedForm, worth: boolean) => void
  /** Saves now what is not saved. @throws what the server refused. */
  flush: () => Promise<void>
  /** After a conflict: these words go on top of that revision, or are at the server already. */
  settle: (post: Post, form: SavedForm, mode: 'write' | 'taken') => void
  stop: () => void
}

export function createSaver<Post extends SavedPost>(plan: SaverPlan<Post>): Saver<Post> {
  const desk: Desk<Post> = {
    plan,
    state: { progress: 'saved', savedAt: null, post: plan.post, conflict: false, error: null },
    stored: plan.form,
    wanted: plan.form,
    worth: true,
    running: null,
    timer: undefined,
    listeners: new Set(),
  }
  return {
    state: () => desk.state,
    subscribe(listener) {
      desk.listeners.add(listener)
      return () => desk.listeners.delete(listener)
    },
    change: (form, worth) => noteChange(desk, form, worth),
    flush: () => saveWanted(desk),
    settle: (post, form, mode) => settleConflict(desk, post, form, mode),
    stop: () => clearTimeout(desk.timer),
  }
}

/** What a saver holds. */
interface Desk<Post extends SavedPost> {
  plan: SaverPlan<Post>
  state: SaverState
  /** What the server has. */
  stored: SavedForm
  /** What the person has written. */
  wanted: SavedForm
  worth: boolean
  running: Promise<void> | null
  timer: ReturnType<typeof setTimeout> | undefined
  listeners: Set<() => void>
}

const isDone = <Post extends SavedPost>({ wanted, stored }: Desk<Post>): boolean => sameContent(wanted, stored)

function tell<Post extends SavedPost>(desk: Desk<Post>, changes: Partial<SaverState>): void {
  desk.state = { ...desk.state, ...changes }
  for (const listener of desk.listeners) listener()
}

function saveIn<Post extends SavedPost>(desk: Desk<Post>, ms: number): void {
  clearTimeout(desk.timer)
  desk.timer = setTimeout(() => void saveWanted(desk).catch(() => {}), ms)
}

async function saveWanted<Post extends SavedPost>(desk: Desk<Post>): Promise<void> {
  clearTimeout(desk.timer)
  while (desk.running) await desk.running.catch(() => {})
  if (desk.state.conflict || (!desk.state.post && !desk.worth) || isDone(desk)) return
  desk.running = writeOnce(desk, desk.wanted)
  try {
    await desk.running
  } finally {
    desk.running = null
  }
  if (!isDone(desk)) await saveWanted(desk)
}

async function writeOnce<Post extends SavedPost>(desk: Desk<Post>, form: SavedForm): Promise<void> {
  const { plan } = desk
  tell(desk, { progress: 'saving', error: null })
  try {
    const saved = await plan.write(form, desk.state.post)
    const post = { id: saved.id, revision: saved.revision }
    desk.stored = form
    if (isDone(desk)) plan.keep(null, post)
    tell(desk, { progress: isDone(desk) ? 'saved' : 'unsaved', savedAt: new Date(), post })
    plan.saved?.(saved)
  } catch (error) {
    const verdict = plan.judge(error)
    tell(desk, { progress: 'failed', error, conflict: verdict === 'conflict' })
    if (verdict === 'lost') saveIn(desk, plan.retryMs ?? 5000)
    throw error
  }
}

function noteChange<Post extends SavedPost>(desk: Desk<Post>, form: SavedForm, worth: boolean): void {
  const { plan, state } = desk
  if (sameContent(form, desk.wanted)) return
  desk.wanted = form
  desk.worth = worth
  const nothingToKeep = (!state.post && !worth) || (isDone(desk) && !desk.running)
  if (nothingToKeep) {
    clearTimeout(desk.timer)
    plan.keep(null, state.post)
    tell(desk, { progress: 'saved', error: null })
    return
  }
  plan.keep(form, state.post)
  if (state.conflict) return
  tell(desk, { progress: desk.running ? 'saving' : 'unsaved' })
  saveIn(desk, plan.debounceMs ?? 900)
}

function settleConflict<Post extends SavedPost>(
  desk: Desk<Post>,
  post: Post,
  form: SavedForm,
  mode: 'write' | 'taken',
): void {
  const known = { id: post.id, revision: post.revision }
  desk.wanted = form
  if (mode === 'taken') {
    desk.stored = form
    desk.plan.keep(null, known)
  }
  tell(desk, { conflict: false, error: null, post: known, progress: mode === 'taken' ? 'saved' : 'unsaved' })
  if (mode === 'write') saveIn(desk, 0)
}
