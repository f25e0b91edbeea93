// Where I am signed in, and ending it there.

import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type client, type Output, refresh } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { showDone } from '../../kit/toast.tsx'

type Session = Output<typeof client.me.sessions>[number]

export function SessionsSection() {
  const sessions = useQuery(api.me.sessions.queryOptions())
  const queryClient = useQueryClient()
  const end = useMutation(
    api.me.endSession.mutationOptions({
      onSuccess: async () => {
        await refresh(queryClient, api.me.sessions)
        showDone('Signed out there')
      },
    }),
  )
  return (
    <Section title="Where you are signed in" description="End what you do not know, then change your password.">
      <ErrorPanel error={end.error} />
      <DataTable
        label="Sessions"
        query={sessions}
        rows={sessions.data}
        rowKey={(session) => session.id}
        empty={<EmptyState title="No sessions" order={3} />}
        columns={[
          { id: 'device', header: 'Device', primary: true, cell: (session) => <Device session={session} /> },
          { id: 'address', header: 'Address', cell: (session) => session.ipAddress ?? '–' },
          { id: 'seen', header: 'Last used', cell: (session) => <TimeText at={session.lastSeenAt} relative /> },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (session) =>
              !session.current && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="crimson"
                  loading={end.isPending && end.variables.id === session.id}
                  onClick={() => end.mutate({ id: session.id })}
                >
                  Sign out
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}

function Device({ session }: { session: Session }) {
  return (
    <span title={session.userAgent ?? undefined}>
      {deviceWords(session.userAgent)} {session.current && <Badge tone="done">This one</Badge>}
    </span>
  )
}

const browsers: [sign: RegExp, name: string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [sign: RegExp, name: string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A guess for recognition only; the whole text is on hover. */
export function deviceWords(userAgent: string | null): string {
  const of = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const [browser, system] = [of(browsers), of(systems)]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? userAgent?.slice(0, 40) ?? 'Unknown device'
}
