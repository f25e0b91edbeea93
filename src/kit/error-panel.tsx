// Says of an error what happened, what was kept and what to do, with the words of `words.ts`.
//
//   <ErrorPanel error={query.error} retry={query.refetch} />
//   <ErrorPanel error={mutation.error} kept="Your draft is saved in this browser." />

import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { refusalOf } from './api.ts'
import { refusalWords } from './words.ts'

interface ErrorPanelProps {
  error: unknown
  kept?: string
  retry?: () => void
  /** Further actions beside “Try again”. */
  children?: ReactNode
}

export function ErrorPanel({ error, kept, retry, children }: ErrorPanelProps) {
  if (!error) return null
  const { what, next } = refusalWords(refusalOf(error))
  return (
    <div className="lr-error" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div className="lr-error-words">
        <p className="lr-error-what">{what}</p>
        {kept && <p>{kept}</p>}
        {next && <p>{next}</p>}
        {(retry || children) && (
          <div className="lr-error-actions">
            {retry && (
              <Button size="xs" variant="default" onClick={() => retry()}>
                Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  )
}
