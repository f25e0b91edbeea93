// A copy in the browser of words that are not at the server yet: it survives a crash, a closed tab and a lost line.

import type { SavedForm } from './composition.ts'

export interface UnsavedCopy {
  at: string
  revision: number | null
  form: SavedForm
}

const keyOf = (orgId: string, postId: string | null): string => `longrun-unsaved:${orgId}:${postId ?? 'new'}`

export function keepUnsaved(orgId: string, postId: string | null, copy: UnsavedCopy | null): void {
  try {
    if (copy) localStorage.setItem(keyOf(orgId, postId), JSON.stringify(copy))
    else localStorage.removeItem(keyOf(orgId, postId))
  } catch {
    // A full or forbidden store: the page itself still holds the words and says that they are not saved.
  }
}

export function unsavedCopy(orgId: string, postId: string | null): UnsavedCopy | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(orgId, postId)) ?? 'null')
    return isCopy(found) ? found : null
  } catch {
    return null
  }
}

function isCopy(found: unknown): found is UnsavedCopy {
  const copy = found as UnsavedCopy | null
  return (
    typeof copy === 'object' &&
    copy !== null &&
    typeof copy.at === 'string' &&
    Array.isArray(copy.form?.content?.segments) &&
    Array.isArray(copy.form.variants)
  )
}
