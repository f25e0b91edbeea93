// The drops of an organisation: they go on while somebody looks at other pages, and what breaks off is remembered for next time.

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { type Media, uploadMedia } from '../upload.ts'
import { createDropQueue, type DropQueue, isOver, summaryOf } from './drop-queue.ts'
import { hashFile } from './hash-file.ts'

type Drops = DropQueue<Media>

const queues = new Map<string, Drops>()

/** One for each organisation as long as the tab is open. */
export function useDrops(orgId: string): Drops {
  const queryClient = useQueryClient()
  const queue = queues.get(orgId) ?? begin(orgId, queryClient)
  useSyncExternalStore(queue.subscribe, queue.lines)
  useEffect(() => {
    // Closing the tab is asked about while something is on its way.
    const ask = (event: BeforeUnloadEvent) => {
      if (queue.lines().some((line) => !isOver(line))) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [queue])
  return queue
}

function begin(orgId: string, queryClient: QueryClient): Drops {
  const queue = createDropQueue<Media>({
    hash: hashFile,
    async known(contents) {
      const found = await client.media.known({ org: orgId, contents })
      return new Map(found.map(({ sha256, media }) => [sha256, media]))
    },
    async send(file, options) {
      const { known, ...media } = await uploadMedia(orgId, file, { ...options, takeKnown: true })
      return { media, known }
    },
    fault: faultOf,
    pause,
  })
  queues.set(orgId, queue)
  queue.subscribe(showNew(queryClient, queue))
  queue.subscribe(remember(orgId, queue))
  return queue
}

/** A full disk stays full; an answer of 500 may be about this file alone. */
function faultOf(error: unknown): 'line' | 'try' | 'file' {
  const { status, code } = refusalOf(error)
  if (code === 'storage.full' || code === 'failed') return 'file'
  if (status === null || status === 429 || (status > 500 && status < 600)) return 'line'
  return status === 500 ? 'try' : 'file'
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
  })

const showEveryMs = 2000

/** The library shows what has come, though not after each file of two hundred. */
function showNew(queryClient: QueryClient, queue: Drops): () => void {
  let shown = 0
  let waits = false
  const show = () => {
    waits = false
    shown = summaryOf(queue.lines()).arrived
    void refresh(queryClient, api.media, api.mediaFolders)
  }
  return () => {
    if (waits || summaryOf(queue.lines()).arrived === shown) return
    waits = true
    setTimeout(show, showEveryMs)
  }
}

export interface BrokenOff {
  at: string
  total: number
  done: number
}

const keyOf = (orgId: string) => `longrun-drop-${orgId}`

/** A tab that closes in the middle leaves its count behind; one that comes to the end does not. */
function remember(orgId: string, queue: Drops): () => void {
  return () => {
    const { total, left, arrived, known } = summaryOf(queue.lines())
    if (left === 0) localStorage.removeItem(keyOf(orgId))
    else
      localStorage.setItem(keyOf(orgId), JSON.stringify({ at: new Date().toISOString(), total, done: arrived + known }))
  }
}

export function brokenOff(orgId: string): BrokenOff | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(orgId)) ?? 'null') as BrokenOff | null
  } catch {
    return null
  }
}

export const forgetBrokenOff = (orgId: string): void => localStorage.removeItem(keyOf(orgId))
