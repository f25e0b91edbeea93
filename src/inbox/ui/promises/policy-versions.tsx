// What a promise said and when: every version of it, by whom it was made and what it changed.

import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type PolicyChange, policyChanges, policyLines } from './policy-changes.ts'
import type { Policy, Version } from './promise-words.ts'
import { usePromiseNames } from './use-promise-names.ts'
import './promises.css'

export function PolicyVersions({ policy, close }: { policy: Policy; close: () => void }) {
  const org = useOrg()
  const versions = useQuery(api.promises.versions.queryOptions({ input: { org: org.id, id: policy.id } }))
  return (
    <Modal opened onClose={close} title={`What ${policy.policy.name} said, and when`} size="lg">
      <p className="pr-facts">A version holds for what was said while it was in force, also after it was changed.</p>
      {versions.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={versions.error} retry={() => void versions.refetch()} />
      <ol className="pr-clocks pr-after" aria-label="Versions" reversed>
        {versions.data?.map((version, at) => (
          <VersionItem key={version.number} version={version} before={versions.data[at + 1]} />
        ))}
      </ol>
    </Modal>
  )
}

function VersionItem({ version, before }: { version: Version; before: Version | undefined }) {
  const nameOf = usePromiseNames()
  const { number, madeAt, madeBy, heldFrom, heldUntil } = version
  const lines = before
    ? policyChanges(before, version, nameOf)
    : policyLines(version, nameOf).map(({ label, text }) => ({ label, before: null, after: text }))
  return (
    <li>
      <p className="pr-name">Version {number}</p>
      <p className="pr-facts">
        {heldUntil === null ? (
          <>
            In force since <TimeText at={heldFrom} />
          </>
        ) : (
          <>
            In force from <TimeText at={heldFrom} /> until <TimeText at={heldUntil} />
          </>
        )}
        , made {madeBy && `by ${madeBy.name} `}
        <TimeText at={madeAt} />
      </p>
      {lines.length === 0 ? (
        <p>Nothing was changed.</p>
      ) : (
        <ul
          className="pr-changes"
          aria-label={before ? `What version ${number} changed` : `What version ${number} said`}
        >
          {lines.map((line) => (
            <li key={line.label}>{changeLine(line)}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

function changeLine({ label, before, after }: PolicyChange): string {
  if (after === null) return `${label}: not promised any more (before: ${before})`
  return before === null ? `${label}: ${after}` : `${label}: ${after} (before: ${before})`
}
