// What stands where a page is not: loading, failed, or unknown.

import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { AppPage } from '../kit/app-page.tsx'
import { LoadingRows } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { ErrorPanel } from '../kit/error-panel.tsx'
import { ButtonLink } from '../kit/links.tsx'
import { AnyFrame } from './frame.tsx'

export function LoadingPage() {
  return (
    <div className="lr-page">
      <LoadingRows rows={6} />
    </div>
  )
}

/** After an update of the server the old parts of the app are gone: one reload brings the new ones. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const outdated = /dynamically imported module|Importing a module script failed/i.test(String(error))
  useEffect(() => {
    console.error(error)
    const last = Number(sessionStorage.getItem('longrun-reloaded') ?? 0)
    if (!outdated || Date.now() - last < 60_000) return
    sessionStorage.setItem('longrun-reloaded', String(Date.now()))
    window.location.reload()
  }, [error, outdated])
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <AnyFrame>
      <AppPage title="This page did not open" width="narrow">
        <ErrorPanel error={error} retry={retry}>
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            Reload
          </Button>
        </ErrorPanel>
      </AppPage>
    </AnyFrame>
  )
}

export function UnknownAddress() {
  return (
    <AnyFrame>
      <AppPage title="No such page" width="narrow">
        <EmptyState
          title="There is nothing at this address"
          icon={<IconRoute size={32} stroke={1.5} />}
          action={<ButtonLink to="/">Go to Today</ButtonLink>}
        >
          It may have been removed, or the address is not complete.
        </EmptyState>
      </AppPage>
    </AnyFrame>
  )
}
