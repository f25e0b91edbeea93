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
  let state: SaverState = { progress: 'saved', savedAt: null, post: plan.post, conflict: false, error: null }
  let stored = plan.form
  let wanted = plan.form
  let worthy = true
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const set = (changes: Partial<SaverState>) => {
    state = { ...state, ...changes }
    for (const listener of listeners) listener()
  }
  const plannedIn = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save().catch(() => {}), ms)
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    while (running) await running.catch(() => {})
    if (state.conflict || (!state.post && !worthy) || sameContent(wanted, stored)) return
    running = writeOnce(wanted)
    try {
      await running
    } finally {
      running = null
    }
    if (!sameContent(wanted, stored)) await save()
  }

  async function writeOnce(form: SavedForm): Promise<void> {
    set({ progress: 'saving', error: null })
    try {
      const post = await plan.write(form, state.post)
      stored = form
      const done = sameContent(wanted, stored)
      if (done) plan.keep(null, { id: post.id, revision: post.revision })
      set({ progress: done ? 'saved' : 'unsaved', savedAt: new Date(), post: { id: post.id, revision: post.revision } })
      plan.saved?.(post)
    } catch (error) {
      const verdict = plan.judge(error)
      set({ progress: 'failed', error, conflict: verdict === 'conflict' })
      if (verdict === 'lost') plannedIn(plan.retryMs ?? 5000)
      throw error
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(form, worth) {
      if (sameContent(form, wanted)) return
      wanted = form
      worthy = worth
      if (!state.post && !worth) {
        clearTimeout(timer)
        plan.keep(null, null)
        return set({ progress: 'saved' })
      }
      if (sameContent(wanted, stored) && !running) {
        plan.keep(null, state.post)
        clearTimeout(timer)
        return set({ progress: 'saved', error: null })
      }
      plan.keep(form, state.post)
      if (state.conflict) return
      set({ progress: running ? 'saving' : 'unsaved' })
      plannedIn(plan.debounceMs ?? 900)
    },
    flush: () => save(),
    settle(post, form, mode) {
      if (mode === 'taken') {
        stored = form
        plan.keep(null, post)
      }
      wanted = form
      set({
        conflict: false,
        error: null,
        post: { id: post.id, revision: post.revision },
        progress: mode === 'taken' ? 'saved' : 'unsaved',
      })
      if (mode === 'write') plannedIn(0)
    },
    stop: () => clearTimeout(timer),
  }
}
