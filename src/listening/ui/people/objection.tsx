// Somebody asks not to be stored: it is done at once, for good, and only they can take it back.

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { nameOf, type Speaker } from './people-words.ts'

export function Objection({ author }: { author: Speaker }) {
  const may = useMay()
  if (!may('listening.approach')) return null
  return (
    <section className="lr-panel pe-box" aria-label="Objection">
      <h2>Objection</h2>
      {author.objectedAt ? <Lift author={author} /> : <Raise author={author} />}
    </section>
  )
}

function useLeave() {
  const { slug } = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return async (word: string) => {
    showDone(word)
    await navigate({ to: '/o/$slug/listen/people', params: { slug } })
    await refresh(queryClient, api.speakers, api.mentions)
  }
}

function Raise({ author }: { author: Speaker }) {
  const org = useOrg()
  const confirm = useConfirm()
  const leave = useLeave()
  const object = useMutation({
    mutationFn: () => client.speakers.object({ org: org.id, id: author.id }),
    onSuccess: ({ removed }) => leave(`${count(removed, 'mention')} and the name are gone`),
  })
  const ask = async () => {
    await confirm({
      title: `Remove what is stored of ${nameOf(author)}?`,
      body: 'Their name, everything they said and the steps here go at once and cannot be brought back. What they say from now on is stored without a name.',
      action: 'Remove everything',
      danger: true,
      run: () => object.mutateAsync(),
    })
  }
  return (
    <>
      <p>They asked not to be stored? Then it ends here, for good.</p>
      <Button variant="default" loading={object.isPending} onClick={() => void ask()}>
        They object
      </Button>
    </>
  )
}

function Lift({ author }: { author: Speaker }) {
  const org = useOrg()
  const leave = useLeave()
  const lift = useMutation({
    mutationFn: () => client.speakers.lift({ org: org.id, id: author.id }),
    onSuccess: () => leave('From now on their name is stored again'),
    onError: (error) => showProblem(error),
  })
  return (
    <>
      <p>
        Objected <TimeText at={author.objectedAt!} style="date" />. A key is all that is kept, so that their later words
        are recognised and stored without a name.
      </p>
      <Button variant="default" loading={lift.isPending} onClick={() => lift.mutate()}>
        They came to us themselves and took it back
      </Button>
    </>
  )
}
