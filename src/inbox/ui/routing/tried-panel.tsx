// What changed rules would have decided otherwise: how many by department, and each conversation with before and after.

import type { client, Output } from '../../../kit/api.ts'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { priorityWords } from './routing-words.ts'

type Tried = Output<typeof client.routing.try>
type Outcome = Tried['items'][number]['before']

export function TriedPanel({ tried }: { tried: Tried }) {
  const { slug } = useOrg()
  const { looked, changed, departments, items } = tried
  if (looked === 0)
    return (
      <EmptyState title="Nothing to try it on" order={3}>
        There are no conversations yet.
      </EmptyState>
    )
  return (
    <>
      <p role="status">
        Of the last {count(looked, 'conversation')} {changed === 0 ? 'none' : changed.toLocaleString('en')} would be
        treated otherwise{changed > items.length && `; the newest ${items.length} stand here`}.
      </p>
      <DataTable
        label="By department"
        rows={departments}
        rowKey={({ department }) => department?.id ?? 'none'}
        empty={null}
        columns={[
          {
            id: 'department',
            header: 'Department',
            primary: true,
            cell: ({ department }) => department?.name ?? 'No department',
          },
          { id: 'before', header: 'Now', align: 'end', cell: ({ before }) => before.toLocaleString('en') },
          { id: 'after', header: 'With these rules', align: 'end', cell: ({ after }) => after.toLocaleString('en') },
        ]}
      />
      {items.length > 0 && (
        <DataTable
          label="What would change"
          rows={items}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            {
              id: 'conversation',
              header: 'Conversation',
              primary: true,
              cell: ({ id, with: name, preview }) => (
                <TextLink to="/o/$slug/inbox/$conversationId" params={{ slug, conversationId: id }} inherit>
                  {[name, preview].filter(Boolean).join(': ') || 'No words'}
                </TextLink>
              ),
            },
            { id: 'before', header: 'Now', cell: ({ before, after }) => outcomeLine(before, after) },
            { id: 'after', header: 'With these rules', cell: ({ before, after }) => outcomeLine(after, before) },
            { id: 'because', header: 'By', cell: ({ after }) => after.because || 'No rule' },
          ]}
        />
      )}
    </>
  )
}

/** What differs from the other alone. */
function outcomeLine(of: Outcome, other: Outcome): string {
  const parts = [
    of.department?.id !== other.department?.id && (of.department?.name ?? 'No department'),
    of.priority !== other.priority && priorityWords[of.priority],
    of.tags.join() !== other.tags.join() && (of.tags.join(', ') || 'no tags'),
    of.skills.join() !== other.skills.join() &&
      (of.skills.length > 0 ? `needs ${of.skills.join(', ')}` : 'needs nothing'),
  ]
  return parts.filter((part) => part !== false).join(' · ')
}
