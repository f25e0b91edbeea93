// Follows what is stored, as it is stored. Shown in lots a few times a second, however much comes; paused, it only counts.

import { useEffect, useRef, useState } from 'react'
import { client } from '../../../kit/api.ts'
import { followLive } from '../../../kit/follow-live.ts'
import type { Mention } from './mention-card.tsx'

export interface Live {
  mentions: Mention[]
  /** What came while it was paused and is not shown yet. */
  held: number
  state: 'off' | 'connecting' | 'open' | 'lost'
  showHeld(): void
}

const most = 200
const everyMs = 250

export function useLive({
  org,
  topic,
  on,
  paused,
}: {
  org: string
  topic?: string
  on: boolean
  paused: boolean
}): Live {
  const [mentions, setMentions] = useState<Mention[]>([])
  const [held, setHeld] = useState(0)
  const [state, setState] = useState<Live['state']>('off')
  const waiting = useRef<Mention[]>([])
  const missed = useRef(0)
  const isPaused = useRef(paused)
  isPaused.current = paused

  const flush = () => {
    const fresh = waiting.current
    waiting.current = []
    missed.current = 0
    setHeld(0)
    if (fresh.length > 0) setMentions((before) => once([...fresh.toReversed(), ...before]).slice(0, most))
  }
  const flushed = useRef(flush)
  flushed.current = flush

  useEffect(() => {
    setMentions([])
    waiting.current = []
    if (!on) return setState('off')
    const stop = new AbortController()
    const timer = setInterval(() => {
      if (isPaused.current) setHeld(waiting.current.length + missed.current)
      else flushed.current()
    }, everyMs)
    const { signal } = stop
    const open = () => client.mentions.live({ org, topic }, { signal })
    void followLive({ signal, open, setState }, (lot) => {
      waiting.current.push(...lot.mentions.toReversed())
      missed.current += lot.left
      // Nobody reads more than this when they come back.
      if (waiting.current.length > most)
        missed.current += waiting.current.splice(0, waiting.current.length - most).length
    })
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [org, topic, on])

  return { mentions, held, state, showHeld: flush }
}

const once = (mentions: Mention[]): Mention[] => [...new Map(mentions.map((each) => [each.id, each])).values()]
