// Opens the versions of a promise, whether it holds or has ended.

import { Button } from '@mantine/core'
import { useState } from 'react'
import { PolicyVersions } from './policy-versions.tsx'
import type { Policy } from './promise-words.ts'

export function VersionsButton({ policy }: { policy: Policy }) {
  const [isLooking, setIsLooking] = useState(false)
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        onClick={() => setIsLooking(true)}
        aria-label={`Versions of ${policy.policy.name}`}
      >
        Versions
      </Button>
      {isLooking && <PolicyVersions policy={policy} close={() => setIsLooking(false)} />}
    </>
  )
}
