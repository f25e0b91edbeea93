// Business hours: a list, made and changed in a dialog.

import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { HoursForm } from './hours-form.tsx'
import type { Hours } from './promise-words.ts'

export function HoursSection() {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const hours = useQuery(api.hours.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Hours | 'new' | null>(null)
  const again = () => refresh(queryClient, api.hours, api.promises)
  const change = may('promises.change')
  const add = change && (
    <Button variant="default" onClick={() => setEditing('new')}>
      New hours
    </Button>
  )
  const remove = async ({ id, name }: Hours) => {
    const run = () => client.hours.remove({ org: org.id, id })
    if (await confirm({ title: `Remove ${name}?`, action: 'Remove', danger: true, run })) await again()
  }
  return (
    <Section title="Business hours" actions={hours.data?.length ? add : null}>
      {hours.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={hours.error} retry={() => void hours.refetch()} />
      {hours.data?.length === 0 && (
        <EmptyState order={3} title="No hours yet" action={add}>
          Promises in opening hours stand still at night, at weekends and on holidays.
        </EmptyState>
      )}
      <ul className="pr-order">
        {hours.data?.map((each) => (
          <li key={each.id}>
            <div>
              <p className="pr-name">{each.name}</p>
              <p>{each.words}</p>
              <p className="pr-facts">
                {each.usedBy.length > 0 ? `Used by ${each.usedBy.join(', ')}` : 'Nothing is promised in them'}
              </p>
            </div>
            {change && (
              <Group gap={4} wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => setEditing(each)}
                  aria-label={`Change ${each.name}`}
                >
                  Change
                </Button>
                {each.usedBy.length === 0 && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="crimson"
                    onClick={() => void remove(each)}
                    aria-label={`Remove ${each.name}`}
                  >
                    Remove
                  </Button>
                )}
              </Group>
            )}
          </li>
        ))}
      </ul>
      {editing && <HoursForm hours={editing === 'new' ? null : editing} close={() => setEditing(null)} done={again} />}
    </Section>
  )
}
