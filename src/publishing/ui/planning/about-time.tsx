// Below the time of a post: what stands against it, and times that did better so far.

import type { Account } from '../../../accounts/ui/use-accounts.ts'
import type { Post } from '../use-saver.ts'
import { BestTimeHints } from './best-time-hints.tsx'
import { ConflictNotes } from './conflict-notes.tsx'

interface AboutTimeProps {
  post: Post | null
  chosen: Account[]
  wall: string
  zone: string
  setWall: (wall: string) => void
  setZone: (zone: string) => void
}

export function AboutTime({ post, chosen, wall, zone, setWall, setZone }: AboutTimeProps) {
  const first = chosen[0]
  const use = (nextWall: string, nextZone: string) => {
    setWall(nextWall.slice(0, 16))
    setZone(nextZone)
  }
  return (
    <>
      <ConflictNotes postId={post?.id} accountIds={chosen.map(({ id }) => id)} wall={wall} zone={zone} />
      {first && <BestTimeHints accountId={first.id} name={first.name} use={use} />}
    </>
  )
}
