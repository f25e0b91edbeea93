// How the post looks on each chosen network; one at a time where there are several.

import { Select } from '@mantine/core'
import { useDeferredValue, useState } from 'react'
import { goingOut } from '../links/rules.ts'
import { useComposer } from './composer-context.ts'
import { wordsAt } from './composition.ts'
import { Preview } from './preview.tsx'

export function Previews() {
  const { outgoing, chosen, place, composition, accounts, orgId } = useComposer()
  const [picked, setPicked] = useState<string | null>(null)
  const shown = useDeferredValue(composition)
  const account = chosen.find(({ id }) => id === (place === 'all' ? picked : place)) ?? chosen[0]
  if (!account) return null
  return (
    <section className="cp-previews" aria-labelledby="preview">
      <div className="cp-previews-head">
        <h2 id="preview">Preview</h2>
        {place === 'all' && chosen.length > 1 && (
          <Select
            aria-label="Account of the preview"
            size="xs"
            data={chosen.map(({ id, name }) => ({ value: id, label: name }))}
            value={account.id}
            allowDeselect={false}
            onChange={setPicked}
          />
        )}
      </div>
      <Preview
        draft={goingOut(wordsAt(shown, account.id), outgoing.get(account.id))}
        account={account}
        network={accounts.networkOf(account)}
        orgId={orgId}
      />
    </section>
  )
}
