// What the organisation wants of its content: the limit of recycled posts, when to be warned, how fast its sector forgets.

import { NumberInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Stock } from './stock-page.tsx'
import '@mantine/core/styles/NumberInput.css'

export function SettingsForm({ settings, close }: { settings: Stock['settings']; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { ...settings },
    validate: (values) => ({
      recycledLimit: missing(values.recycledLimit),
      stockDays: missing(values.stockDays),
      materialDays: missing(values.materialDays),
      sectorFactor: missing(values.sectorFactor),
    }),
    send: (values) => client.stock.settings({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.stock)
      showDone('Saved')
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" label="Targets of our content" close={close}>
      <NumberInput
        label="Warn when content lasts for fewer days than"
        description="Who answers for the account is told once, each time it runs dry."
        min={0}
        max={365}
        allowDecimal={false}
        {...form.field('stockDays')}
      />
      <NumberInput
        label="Recycled posts, at most (%)"
        description="Of what went out in the last 90 days."
        min={0}
        max={100}
        allowDecimal={false}
        {...form.field('recycledLimit')}
      />
      <NumberInput
        label="Material of a brief, days before it is due"
        description="Earlier than this a brief without material is no problem."
        min={0}
        max={365}
        allowDecimal={false}
        {...form.field('materialDays')}
      />
      <NumberInput
        label="Sector factor"
        description="Public half-lives are multiplied by it: 0.5 where news is old after half the usual time."
        min={0.01}
        max={100}
        step={0.1}
        {...form.field('sectorFactor')}
      />
    </ServerForm>
  )
}

/** An emptied number field holds a text. */
const missing = (value: unknown): string | null => (typeof value === 'number' ? null : 'A number is needed.')
