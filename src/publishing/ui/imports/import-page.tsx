// One import: what its columns mean, the dry run, its progress, what came of it, and its undo.

import { Button, Group, Progress, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { DryRunSection } from './dry-run.tsx'
import { ImportSettingsForm } from './import-settings.tsx'
import { formatWords, groupOf, keptWords } from './import-words.ts'
import { IssueTable } from './issue-table.tsx'
import '@mantine/core/styles/Progress.css'
import './imports.css'

const route = getRouteApi('/o/$slug/imports/$importId')

export type Import = Output<typeof client.imports.read>

const encodings: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
}
const signs: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

export function ImportPage() {
  const org = useOrg()
  const { importId } = route.useParams()
  const found = useQuery(
    api.imports.read.queryOptions({
      input: { org: org.id, id: importId },
      refetchInterval: ({ state: { data } }) => (data && isWorking(data) ? 700 : false),
    }),
  )
  const it = found.data
  return (
    <AppPage
      title={it?.fileName ?? 'Import'}
      crumbs={[
        <TextLink key="calendar" inherit to="/o/$slug/calendar" params={{ slug: org.slug }}>
          Calendar
        </TextLink>,
        <TextLink key="imports" inherit to="/o/$slug/imports" params={{ slug: org.slug }}>
          Imports
        </TextLink>,
      ]}
      description={
        it &&
        `${formatWords[it.format]}: ${count(it.rowCount, 'row')}, ${encodings[it.encoding] ?? it.encoding}${it.delimiter ? `, separated by ${signs[it.delimiter] ?? it.delimiter}` : ''}`
      }
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <LoadingRows />}
      {it?.state === 'open' && <OpenImport it={it} />}
      {it && isWorking(it) && <Working it={it} />}
      {(it?.state === 'done' || it?.state === 'undone') && <Result it={it} />}
    </AppPage>
  )
}

const isWorking = ({ state }: Import): boolean => state === 'running' || state === 'stopping' || state === 'undoing'

function OpenImport({ it }: { it: Import }) {
  const may = useMay()
  if (!may('posts.write')) return <p className="lr-page-description">It waits for somebody who may write posts.</p>
  return (
    <>
      <ImportSettingsForm it={it} />
      <DryRunSection it={it} discard={<Discard it={it} />} />
    </>
  )
}

function Discard({ it }: { it: Import }) {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const confirm = useConfirm()
  const discard = async () => {
    const done = await confirm({
      title: 'Discard this file?',
      body: 'Nothing of it was imported. You can open it again.',
      action: 'Discard',
      danger: true,
      run: () => client.imports.discard({ org: org.id, id: it.id }),
    })
    if (!done) return
    await navigate({ to: '/o/$slug/imports', params: { slug: org.slug } })
    void refresh(queryClient, api.imports)
  }
  return (
    <Button variant="default" onClick={() => void discard()}>
      Discard
    </Button>
  )
}

function Working({ it }: { it: Import }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const stop = async () => {
    await client.imports.stop({ org: org.id, id: it.id }).catch((error) => showProblem(error))
    void refresh(queryClient, api.imports, api.posts)
  }
  const total = it.state === 'undoing' ? it.imported : it.rowCount
  const share = total > 0 ? Math.round((it.progress / total) * 100) : 0
  const words = it.state === 'undoing' ? 'Undoing' : it.state === 'stopping' ? 'Stopping' : 'Importing'
  return (
    <section className="lr-panel" aria-label={words}>
      <Stack gap="sm">
        <strong role="status">
          {words}: {it.progress.toLocaleString('en')} of {total.toLocaleString('en')}
        </strong>
        <Progress value={share} aria-label={`${words}, ${share} %`} />
        <Group justify="space-between" gap="xs">
          <p className="lr-page-description">It goes on when you leave this page.</p>
          {it.state === 'running' && may('posts.write') && (
            <Button variant="default" onClick={() => void stop()}>
              Stop
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}

function Result({ it }: { it: Import }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const confirm = useConfirm()
  const said = Object.groupBy(it.problems, groupOf)
  const [there, unreached] = [said.there?.length ?? 0, said.unreached?.length ?? 0]
  const refused = said.others?.filter(({ level }) => level === 'error').length ?? 0
  const undo = async () => {
    await confirm({
      title: `Undo the import of ${count(it.imported, 'post')}?`,
      body: 'What was changed since, is on its way or was published stays, and is listed here.',
      action: 'Undo the import',
      danger: true,
      run: () => client.imports.undo({ org: org.id, id: it.id }),
    })
    void refresh(queryClient, api.imports, api.posts)
  }
  return (
    <>
      <section className="lr-panel" aria-label="Result">
        <Stack gap="sm">
          <strong role="status">
            {it.state === 'undone'
              ? `Undone: ${count(it.removed, 'post')} removed${it.kept.length > 0 ? `, ${it.kept.length} left` : ''}`
              : `${count(it.imported, 'post')} imported${there > 0 ? `, ${there} already there` : ''}${unreached > 0 ? `, ${unreached} not reached` : ''}${refused > 0 ? `, ${count(refused, 'problem')}` : ''}`}
          </strong>
          <Group gap="xs">
            <ButtonLink to="/o/$slug/calendar" params={{ slug: org.slug }}>
              To the calendar
            </ButtonLink>
            {it.state === 'done' && it.imported > 0 && may('posts.write') && (
              <Button variant="default" onClick={() => void undo()}>
                Undo the import
              </Button>
            )}
          </Group>
        </Stack>
      </section>
      {it.problems.length > 0 && (
        <Section title="What was not taken as it stood">
          <IssueTable issues={it.problems} />
        </Section>
      )}
      {it.kept.length > 0 && (
        <Section title="What the undo left">
          <ul className="im-kept">
            {it.kept.map(({ postId, row, code }) => (
              <li key={postId}>
                <TextLink to="/o/$slug/posts/$postId" params={{ slug: org.slug, postId }}>
                  Row {row}
                </TextLink>
                : {keptWords[code]}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
