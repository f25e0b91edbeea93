// Which rules were in force before, from when on, by whom and why.

import { useInfiniteQuery } from '@tanstack/react-query'
import { allItems, api, paging } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { actionLine, conditionLine } from './rule-words.ts'
import { useNames } from './use-names.ts'

export function VersionsSection({ current }: { current: number }) {
  const org = useOrg()
  const nameOf = useNames()
  const list = useInfiniteQuery(
    api.routing.versions.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 10 }),
      ...paging,
    }),
  )
  return (
    <Section title="Versions" description="What decided once can always be read here.">
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      <ul className="ro-list" aria-label="Versions">
        {allItems(list.data)?.map(({ number, rules, note, madeAt, madeBy }) => (
          <li key={number}>
            <details>
              <summary>
                Version {number}
                {number === current && ', in force'}: {count(rules.length, 'rule')}
              </summary>
              <ol className="ro-rules">
                {rules.map((named) => (
                  <li key={named.id} className="ro-rule">
                    <div>
                      <h3>{named.rule.name}</h3>
                      <p>
                        {conditionLine(named, nameOf)} {actionLine(named, nameOf)}
                      </p>
                    </div>
                  </li>
                ))}
              </ol>
            </details>
            <p className="ro-facts">
              {madeBy?.name} <TimeText at={madeAt} />
              {note && `: ${note}`}
            </p>
          </li>
        ))}
      </ul>
      <LoadMore list={list} compact />
    </Section>
  )
}
