// One text at a time, by keyboard or by touch: choose, go back, take back. Nothing of the machine or of the other coder is shown.

import { Button, Progress } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { KeyHint, useShortcut } from '../../../kit/shortcuts.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { choices } from '../../labels/types.ts'
import { labelTitles, valueWord } from '../labels/label-words.ts'
import type { CodingSet } from './coding-words.ts'
import '@mantine/core/styles/Progress.css'
import './coding.css'

type Text = Output<typeof client.coding.texts>[number]

interface CoderProps {
  set: CodingSet
  /** Called when the last text has its label. */
  through: () => void
}

export function Coder({ set, through }: CoderProps) {
  const org = useOrg()
  const texts = useQuery(
    api.coding.texts.queryOptions({
      input: { org: org.id, id: set.id },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  )
  if (texts.isPending) return <LoadingRows />
  if (!texts.data) return <ErrorPanel error={texts.error} retry={() => void texts.refetch()} />
  return <Desk set={set} texts={texts.data} through={through} />
}

/** Labels by place. What is chosen is shown at once and sent in order; what the server refuses is told and taken back. */
function useCodes(set: CodingSet, texts: readonly Text[]) {
  const org = useOrg()
  const [codes, setCodes] = useState(
    () => new Map(texts.flatMap(({ place, mine }) => (mine === null ? [] : [[place, mine] as const]))),
  )
  const sending = useRef(Promise.resolve())
  const put = (place: number, value: string | null) =>
    setCodes((before) => {
      const next = new Map(before)
      if (value === null) next.delete(place)
      else next.set(place, value)
      return next
    })
  const code = (place: number, value: string | null): Promise<void> => {
    const before = codes.get(place) ?? null
    put(place, value)
    sending.current = sending.current.then(async () => {
      try {
        await client.coding.code({ org: org.id, id: set.id, place, value })
      } catch (error) {
        put(place, before)
        showProblem(error)
      }
    })
    return sending.current
  }
  return { codes, code }
}

function Desk({ set, texts, through }: CoderProps & { texts: readonly Text[] }) {
  const queryClient = useQueryClient()
  const { codes, code } = useCodes(set, texts)
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      texts.findIndex(({ mine }) => mine === null),
    ),
  )
  const [last, setLast] = useState<number | null>(null)
  const text = texts[at]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const choose = async (value: string) => {
    if (!text) return
    // Whoever looks through all of them again goes on to the end.
    const allCoded = texts.every(({ place }) => place === text.place || codes.has(place))
    const isLast = allCoded && (!codes.has(text.place) || at === texts.length - 1)
    setLast(at)
    const sent = code(text.place, value)
    if (!isLast) return setAt(nextOf(texts, codes, at))
    await sent
    await refresh(queryClient, api.coding)
    through()
  }
  const back = () => setAt(Math.max(0, at - 1))
  const undo = () => {
    if (last === null) return
    void code(texts[last]!.place, null)
    setAt(last)
    setLast(null)
  }
  if (!text) return <p>All texts of this set were taken back or have expired.</p>
  const done = codes.size
  return (
    <section className="cd-desk" aria-label="Coding">
      <Progress value={(100 * done) / texts.length} aria-label={`${done} of ${texts.length} coded`} />
      <h2 ref={heading}>
        {labelTitles[set.label]}?{' '}
        <small>
          Text {at + 1} of {texts.length}
        </small>
      </h2>
      <article className="lr-panel" aria-live="polite">
        {text.title && <h3>{text.title}</h3>}
        <p dir="auto" lang={text.language === 'und' ? undefined : text.language}>
          {text.text}
        </p>
      </article>
      <div className="cd-choices">
        {choices[set.label].map((value, index) => (
          <Choice
            key={value}
            keys={String(index + 1)}
            label={valueWord(set.label, value)}
            chosen={codes.get(text.place) === value}
            choose={() => void choose(value)}
          />
        ))}
        <Choice
          keys="0"
          label={valueWord(set.label, 'unclear')}
          chosen={codes.get(text.place) === 'unclear'}
          choose={() => void choose('unclear')}
        />
      </div>
      <div className="cd-ways">
        <Way keys="b" label="Back" run={back} disabled={at === 0} />
        <Way keys="f" label="Forward" run={() => setAt(at + 1)} disabled={at + 1 >= texts.length} />
        <Way keys="u" label="Undo the last" run={undo} disabled={last === null} />
      </div>
    </section>
  )
}

/** The next without a label, going round; the one after where all have one. */
function nextOf(texts: readonly Text[], codes: ReadonlyMap<number, string>, at: number): number {
  for (let step = 1; step < texts.length; step++) {
    const next = (at + step) % texts.length
    if (!codes.has(texts[next]!.place)) return next
  }
  return Math.min(at + 1, texts.length - 1)
}

interface ChoiceProps {
  keys: string
  label: string
  chosen: boolean
  choose: () => void
}

function Choice({ keys, label, chosen, choose }: ChoiceProps) {
  useShortcut(keys, `Label: ${label}`, choose)
  return (
    <Button
      variant={chosen ? 'filled' : 'default'}
      aria-pressed={chosen}
      justify="space-between"
      rightSection={<KeyHint keys={keys} />}
      onClick={choose}
    >
      {label}
    </Button>
  )
}

function Way({ keys, label, run, disabled }: { keys: string; label: string; run: () => void; disabled: boolean }) {
  useShortcut(keys, label, () => !disabled && run())
  return (
    <Button variant="subtle" rightSection={<KeyHint keys={keys} />} onClick={run} disabled={disabled}>
      {label}
    </Button>
  )
}
