// Puts another conversation of the same person into the one that is open, where an answer stays one to the same account.

import { Button } from '@mantine/core'
import { useRef } from 'react'
import { api, client } from '../../kit/api.ts'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import type { Conversation } from './inbox-words.ts'

type Part = Pick<Conversation, 'id' | 'accountId' | 'isPrivate' | 'contact' | 'messages'>

export function MergeButton({ from, into }: { from: Part; into: Part }) {
  const org = useOrg()
  const may = useMay()
  const made = useRef<string | null>(null)
  const merge = useAct(
    api.conversations,
    async () => {
      const join = await client.conversationJoins.merge({ org: org.id, id: into.id, from: from.id })
      made.current = join.id
    },
    {
      done: 'Put together',
      back: () => client.conversationJoins.undo({ org: org.id, id: made.current! }),
    },
  )
  const fits = from.accountId === into.accountId && from.isPrivate === into.isPrivate && into.messages > 0
  if (!fits || !may('inbox.handle')) return null
  return (
    <Button variant="subtle" size="compact-sm" loading={merge.isPending} onClick={() => merge.mutate()}>
      Put it into this one
    </Button>
  )
}
