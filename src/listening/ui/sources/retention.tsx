// How long what was heard is kept, by class: shown to everybody, changed by those who run the organisation.

import { Button, NumberInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import '@mantine/core/styles/NumberInput.css'

type Rule = Output<typeof client.retention.read>[number]

const words: Record<Rule['class'], { name: string; means: string }> = {
  public: { name: 'Said in public', means: 'Posts, comments, articles: what everybody could read.' },
  private: { name: 'Said to us', means: 'Letters: whoever writes to a person expects an answer, not an archive.' },
  'by-hand': { name: 'Captured by hand', means: 'What somebody of us wrote down or brought in a file.' },
}

export function Retention() {
  const org = useOrg()
  const rules = useQuery(api.retention.read.queryOptions({ input: { org: org.id } }))
  return (
    <>
      {rules.isPending && <LoadingRows />}
      <ErrorPanel error={rules.error} retry={() => void rules.refetch()} />
      <ul className="li-list" aria-label="How long it is kept">
        {rules.data?.map((rule) => (
          <Line key={rule.class} rule={rule} />
        ))}
      </ul>
    </>
  )
}

function Line({ rule }: { rule: Rule }) {
  const may = useMay()
  const [changing, setChanging] = useState(false)
  const { name, means } = words[rule.class]
  return (
    <li className="lr-panel li-mention">
      <div className="li-from">
        <strong>{name}</strong>
        <span>{count(rule.days, 'day')}</span>
        {rule.networks.length > 0 && <span>{rule.networks.join(', ')}</span>}
      </div>
      <p>{means}</p>
      {may('organisation.change') &&
        (changing ? (
          <Change rule={rule} close={() => setChanging(false)} />
        ) : (
          <Button className="li-more" variant="subtle" size="compact-xs" onClick={() => setChanging(true)}>
            Change
          </Button>
        ))}
    </li>
  )
}

function Change({ rule, close }: { rule: Rule; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { days: rule.days as number | string },
    validate: ({ days }) => ({ days: typeof days === 'number' ? null : 'A number is needed.' }),
    send: ({ days }) => client.retention.change({ org: org.id, class: rule.class, days: Number(days) }),
    done: async () => {
      await refresh(queryClient, api.retention)
      showDone('Saved')
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label={`Days for ${words[rule.class].name}`}>
      <NumberInput
        label="Days"
        description={`At most ${rule.most}. What is older goes within the hour and does not come back; what was heard under a shorter time keeps that end.`}
        min={1}
        max={rule.most}
        allowDecimal={false}
        {...form.field('days')}
      />
    </ServerForm>
  )
}
