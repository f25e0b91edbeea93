// What each account may say of itself in public: a text for its profile, made from what is promised.

import { Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { CopyButton } from '../../../kit/copy-button.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

export function AvailabilitySection() {
  const org = useOrg()
  const accounts = useAccounts()
  const [chosen, setChosen] = useState<string | null>(null)
  const id = chosen ?? accounts.all[0]?.id
  const found = useQuery(
    api.promises.availability.queryOptions({ input: { org: org.id, id: id ?? '' }, enabled: id !== undefined }),
  )
  if (accounts.all.length === 0) return null
  return (
    <Section title="Say it in public" description="For the profile of the account, so that people know what to expect.">
      <Stack gap="sm">
        <Select
          label="Account"
          allowDeselect={false}
          data={accounts.all.map(({ id: value, name }) => ({ value, label: name }))}
          value={id ?? null}
          onChange={setChosen}
        />
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
        {found.data && (
          <div className="pr-bar">
            <p>{found.data.text ?? 'This account promises nothing yet.'}</p>
            {found.data.text && <CopyButton value={found.data.text} label="Copy the text" />}
          </div>
        )}
      </Stack>
    </Section>
  )
}
