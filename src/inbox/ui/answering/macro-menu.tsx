// Chooses a macro for this conversation, shows what it would do, and does it. Nothing is sent.

import { Button, Modal, Stack, UnstyledButton } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Conversation } from '../inbox-words.ts'
import { walkButtons } from './arrow-keys.ts'
import { effectWords, useStepWords } from './step-words.ts'
import type { useAnswerDraft } from './use-answer-draft.ts'

type Macro = Output<typeof client.macros.list>[number]

interface MacroProps {
  conversation: Conversation
  draft: ReturnType<typeof useAnswerDraft>
}

export function MacroMenu(props: MacroProps) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  useShortcut('m', 'Run a macro', () => setOpen(true))
  if (!may('inbox.handle')) return null
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlayerPlay size={16} />}
        onClick={() => setOpen(true)}
      >
        Macro
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Macro" size="lg">
        {open && <Chosen {...props} close={() => setOpen(false)} />}
      </Modal>
    </>
  )
}

function Chosen({ close, ...props }: MacroProps & { close: () => void }) {
  const org = useOrg()
  const list = useRef<HTMLUListElement>(null)
  const [macro, setMacro] = useState<Macro | null>(null)
  const macros = useQuery(api.macros.list.queryOptions({ input: { org: org.id } }))
  if (macro) return <Preview {...props} macro={macro} close={close} />
  const offered = macros.data?.filter(({ retiredAt }) => retiredAt === null)
  return (
    <div>
      {macros.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={macros.error} retry={() => void macros.refetch()} />
      {offered?.length === 0 && (
        <EmptyState
          order={3}
          title="No macros yet"
          action={
            <TextLink to="/o/$slug/settings/macros" params={{ slug: org.slug }}>
              Make the first one
            </TextLink>
          }
        >
          Steps that are often done together, such as giving it to somebody and putting it off.
        </EmptyState>
      )}
      <ul className="ib-replies" ref={list} aria-label="Macros">
        {offered?.map((each, at) => (
          <li key={each.id}>
            <UnstyledButton
              className="ib-reply"
              data-autofocus={at === 0 || undefined}
              onClick={() => setMacro(each)}
              onKeyDown={(event) => walkButtons(event, list)}
            >
              {each.name}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Preview({ conversation: { id }, draft, macro, close }: MacroProps & { macro: Macro; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const words = useStepWords()
  const place = { org: org.id, id, macroId: macro.id }
  const [isRunning, setRunning] = useState(false)
  const preview = useQuery(api.macros.preview.queryOptions({ input: place, gcTime: 0 }))
  const run = async () => {
    setRunning(true)
    try {
      await draft.settle()
      const { steps } = await client.macros.run({ ...place, text: draft.text })
      if (steps.some(({ step, effect }) => step.kind === 'reply' && effect === 'did'))
        draft.take(await client.answerDrafts.read({ org: org.id, id }))
      await refresh(queryClient, api.conversations, api.answers)
      const failed = steps.find(({ effect }) => effect === 'cannot')
      if (failed)
        showProblem(new Error(failed.code ?? ''), `${words(failed.step)}: ${effectWords('cannot', failed.code)}`)
      else showDone(`${macro.name}: done`)
      close()
    } catch (error) {
      showProblem(error)
      setRunning(false)
    }
  }
  return (
    <Stack gap="md">
      <h3 className="ib-macro-name">{macro.name}</h3>
      {preview.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={preview.error} retry={() => void preview.refetch()} />
      <ol className="ib-steps" aria-label="What it does">
        {preview.data?.map(({ step, effect, code, words: begun }, at) => (
          <li key={at} data-effect={effect}>
            {words(step)}
            {effect !== 'does' && <span> ({effectWords(effect, code)})</span>}
            {begun && (
              <p className="ib-asked" dir="auto">
                {begun}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p className="lr-dimmed">Nothing is sent: an answer that it begins waits for you.</p>
      <DialogActions
        close={close}
        action="Run it"
        run={run}
        working={isRunning}
        disabled={!preview.data || preview.data.every(({ effect }) => effect !== 'does')}
        autofocus
      />
    </Stack>
  )
}
