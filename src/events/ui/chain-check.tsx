// Proves on demand that the log is whole: every entry carries the hash of the one before.

import { Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'

export function ChainCheck() {
  const org = useOrg()
  const check = useQuery(api.events.verify.queryOptions({ input: { org: org.id }, enabled: false, retry: false }))
  return (
    <Group gap="sm" role="status">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconShieldCheck size={16} />}
        loading={check.isFetching}
        onClick={() => void check.refetch()}
      >
        Check that nothing was changed
      </Button>
      {check.data?.ok && (
        <Text size="sm" className="ev-chain-ok">
          <IconCircleCheck size={16} aria-hidden /> {count(check.data.count, 'entry', 'entries')}, unbroken.{' '}
          {check.data.headHash && (
            <span className="lr-dimmed" title={check.data.headHash}>
              Newest hash {check.data.headHash.slice(0, 12)}…
            </span>
          )}
        </Text>
      )}
      {check.data && !check.data.ok && (
        <Text size="sm" c="crimson" fw={600}>
          The chain is broken at entry {check.data.brokenAt}. Somebody changed the database by hand; compare it with a
          backup.
        </Text>
      )}
      <ErrorPanel error={check.error} />
    </Group>
  )
}
