// Why something that was said did not match: paste it, and the parts of the query that kept it out are named.

import { Button, Textarea } from '@mantine/core'
import { useMemo, useState } from 'react'
import { makeBlamer, writeQuery } from '../../topics/language/rules.ts'
import type { Query } from '../../topics/language/types.ts'
import { Highlighted } from './highlighted.tsx'

export function WhyNot({ query }: { query: Query }) {
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const blame = useMemo(() => makeBlamer(query), [query])
  const text = said.trim()
  const found = text === '' ? null : blame({ title: null, text })
  if (!open)
    return (
      <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>
        Why does something not match?
      </Button>
    )
  return (
    <div className="li-why-not">
      <Textarea
        label="What was said"
        description="Paste a post that you miss. Author, language and source cannot be seen in its words."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
      {found && (
        <div aria-live="polite">
          <p dir="auto" className="li-match">
            <span>
              <Highlighted text={text} spans={found.spans} part="text" />
            </span>
          </p>
          {found.failed.length === 0 ? (
            <p>It matches.</p>
          ) : (
            <>
              <p>It does not match because of:</p>
              <ul className="li-hints">
                {found.failed.slice(0, 10).map((each) => {
                  const written = writeQuery(each)
                  return (
                    <li key={written}>
                      <code dir="auto">{written.length > 300 ? `${written.slice(0, 300)} …` : written}</code>{' '}
                      {each.type === 'not' ? 'leaves it out' : 'is not there'}
                    </li>
                  )
                })}
              </ul>
            </>
          )}
        </div>
      )}
    </div>
  )
}
