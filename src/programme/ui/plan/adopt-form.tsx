// Puts changed lines in force, with the reason. Where somebody was faster, they are seen first and nothing is lost.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { Meanwhile, sendUnlessOutrun } from '../meanwhile.tsx'
import type { Draft } from './draft.ts'
import { LinesText } from './lines-text.tsx'
import type { Plan } from './plan-page.tsx'

interface Props {
  draft: Draft
  inForce: Plan | null
  /** Lines and version from which is gone on. */
  set: (draft: Draft) => void
  adopted: (plan: Plan) => void
  close: () => void
}

export function AdoptForm({ draft, inForce, set, adopted, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [wasOutrun, setOutrun] = useState(false)
  const { lines, base } = draft
  const form = useServerForm({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) =>
      sendUnlessOutrun(
        () => client.plan.adopt({ org: org.id, lines, reason, after: base?.number ?? null }),
        () => refresh(queryClient, api.plan, api.sessions),
      ),
    done: async (plan) => {
      if (!plan) return setOutrun(true)
      adopted(plan)
      await refresh(queryClient, api.plan, api.sessions)
      close()
    },
  })
  if (wasOutrun)
    return (
      <Meanwhile
        code="plan-outrun"
        theirs={<LinesText version={inForce} />}
        take={() => {
          set({ lines: inForce?.lines ?? [], base: inForce })
          close()
        }}
        keep={() => {
          set({ lines, base: inForce })
          setOutrun(false)
        }}
      />
    )
  return (
    <ServerForm form={form} submit="Put it in force" close={close} label="Put it in force">
      <ReasonField
        description="What was planned before stays to be read, with its reason."
        placeholder="What two people can do in an hour and a half a week"
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
