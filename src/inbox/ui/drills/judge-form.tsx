// Judges one answer of a drill: it passes or not, with words; judged by mistake, it is judged anew or waits again.

import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useKept } from '../../../kit/use-kept.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Drill, DrillItem } from './drill-words.ts'
import { Judgement } from './judgement.tsx'

export function JudgeForm({ drill, item }: { drill: Drill; item: DrillItem }) {
  const [isAnew, setIsAnew] = useState(false)
  if (item.passed === null || isAnew) return <Form drill={drill} item={item} close={() => setIsAnew(false)} />
  return (
    <Judgement item={item}>
      <Button variant="subtle" color="gray" size="compact-sm" ml={-8} onClick={() => setIsAnew(true)}>
        Judge message {item.position + 1} anew
      </Button>
    </Judgement>
  )
}

function Form({ drill, item, close }: { drill: Drill; item: DrillItem; close: () => void }) {
  const org = useOrg()
  const place = { org: org.id, id: drill.id, answerId: item.id }
  const [note, setNote, empty] = useKept(`longrun-judgement ${org.id} ${item.id}`, item.note)
  const before = item.passed
  const judge = useAct(
    api.drills,
    async (passed: boolean) => {
      await client.drills.judge({ ...place, passed, note })
      empty(note)
      close()
    },
    {
      done: (passed) => (passed ? 'It passes' : 'It does not pass'),
      back: () =>
        before === null
          ? client.drills.unjudge(place)
          : client.drills.judge({ ...place, passed: before, note: item.note }),
    },
  )
  const isReady = note.trim() !== '' && !judge.isPending
  return (
    <form
      className="dr-mine"
      aria-label={`Judge message ${item.position + 1}`}
      onSubmit={(event) => event.preventDefault()}
    >
      <Textarea
        w="100%"
        label="What you say of it"
        description="Whoever answered reads it once all of it is judged."
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="compact-sm" disabled={!isReady} onClick={() => judge.mutate(true)}>
          It passes
        </Button>
        <Button variant="default" size="compact-sm" disabled={!isReady} onClick={() => judge.mutate(false)}>
          It does not pass
        </Button>
      </Group>
    </form>
  )
}
