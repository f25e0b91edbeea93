// Where the pages of the programme are, in three groups: what is done, what is learned, what is decided.

import { useId } from 'react'
import { TextLink } from '../../kit/links.tsx'
import { useOrg } from '../../kit/viewer.tsx'

const groups = [
  {
    name: 'Do',
    ways: [
      { to: '/o/$slug/programme/week', name: 'Your week', means: 'What you do on which day' },
      { to: '/o/$slug/programme/plan', name: 'The plan', means: 'How often what is to be done, and your time' },
      { to: '/o/$slug/programme/attendance', name: 'Attendance', means: 'On which days somebody was there' },
      { to: '/o/$slug/programme/guards', name: 'Guards', means: 'Load and risk of people, departments and accounts' },
    ],
  },
  {
    name: 'Learn',
    ways: [
      { to: '/o/$slug/programme/ladder', name: 'The ladder', means: 'One ability after the other, listening first' },
      {
        to: '/o/$slug/programme/people',
        name: 'Who can do what',
        means: 'Buddies, certificates, and what there is to read',
      },
      { to: '/o/$slug/programme/processes', name: 'Processes', means: 'How work is done, and who has read it' },
    ],
  },
  {
    name: 'Decide',
    ways: [
      {
        to: '/o/$slug/programme/choosing',
        name: 'What is worth it',
        means: 'What an hour brings, and what would be best',
      },
      { to: '/o/$slug/programme/reviews', name: 'Keep, stop, shift', means: 'The review of each month' },
      { to: '/o/$slug/programme/budget', name: 'Budget', means: 'What a year may cost, and what it did' },
      {
        to: '/o/$slug/programme/long-view',
        name: 'The long view',
        means: 'Sprint and marathon over years, and where goals lead',
      },
    ],
  },
] as const

export function Ways() {
  const { slug } = useOrg()
  const id = useId()
  return (
    <nav className="plan-ways" aria-label="Pages of the programme">
      {groups.map(({ name, ways }) => (
        <div key={name} className="lr-panel plan-way">
          <h2 id={`${id}-${name}`}>{name}</h2>
          <ul aria-labelledby={`${id}-${name}`}>
            {ways.map(({ to, name: page, means }) => (
              <li key={to}>
                <TextLink to={to} params={{ slug }}>
                  {page}
                </TextLink>
                <span className="plan-means">{means}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
