// A file of spending: chosen, looked at line by line, and only then brought.

import { Button, FileButton, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client, type Output, refresh } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { moneyText } from '../../../kit/money.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { allMoney, lineWords } from './budget-words.ts'

type Check = Output<typeof client.spend.check>

/** More are in the file, and read like these. */
const problemsShown = 50

export function FileDialog({ year, close }: { year: number; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const check = useMutation({ mutationFn: (given: File) => client.spend.check({ org: org.id, year, file: given }) })
  const bring = useMutation({
    mutationFn: (given: File) => client.spend.bring({ org: org.id, year, file: given }),
    onSuccess: async ({ id, stored }) => {
      await refresh(queryClient, allMoney)
      close()
      showUndo(`${count(stored, 'entry', 'entries')} written down`, async () => {
        await client.spend.undoImport({ org: org.id, id })
        await refresh(queryClient, allMoney)
      })
    },
  })
  const choose = (given: File | null) => {
    if (!given) return
    setFile(given)
    check.mutate(given)
  }
  return (
    <Stack gap="md">
      <p className="lr-dimmed">
        A CSV file with columns for date, amount and description; also kind, channel, campaign, reference and currency.
        Nothing is written before you have seen what becomes of each line.
      </p>
      <Group>
        <FileButton onChange={choose} accept=".csv,text/csv,text/plain">
          {(props) => (
            <Button variant="light" {...props} loading={check.isPending}>
              {file ? 'Choose another file' : 'Choose a file'}
            </Button>
          )}
        </FileButton>
        {file && <span>{file.name}</span>}
      </Group>
      <ErrorPanel error={check.error ?? bring.error} />
      {check.data && <Looked check={check.data} />}
      {file && check.data && check.data.good > 0 && (
        <Group justify="flex-end">
          <Button loading={bring.isPending} onClick={() => bring.mutate(file)}>
            Bring {count(check.data.good, 'entry', 'entries')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Looked({ check: { rows, good, known, refused, total, currency, problems } }: { check: Check }) {
  return (
    <div role="status">
      <p>
        {count(rows, 'line')}: {good} good{currency && `, ${moneyText(total, currency)} together`}
        {known > 0 && `; ${known} there already`}
        {refused > 0 && `; ${refused} with an error, left out`}.
      </p>
      {problems.length > 0 && (
        <ul className="plan-list" aria-label="What is wrong">
          {problems.slice(0, problemsShown).map(({ line, field, code }) => (
            <li key={`${line} ${field} ${code}`}>
              Line {line}, {field}: {lineWords[code] ?? code}.
            </li>
          ))}
          {problems.length > problemsShown && <li>And {problems.length - problemsShown} more.</li>}
        </ul>
      )}
    </div>
  )
}
