// How the work of five weeks lies on departments: one bar cut by their shares, and the same in words.

import { sharesOf, type Team } from './shares.ts'
import './guards.css'

const percent = (share: number): string => `${Math.round(share * 100)} %`

export function SharingBar({ teams }: { teams: readonly Team[] }) {
  const shares = sharesOf(teams)
  const everybody = shares.reduce((sum, { people }) => sum + people, 0)
  if (shares.length === 0) return null
  return (
    <figure className="gu-sharing" aria-label="Who did the work of the last weeks">
      <div className="gu-parts" aria-hidden>
        {shares.map(({ name, share }, index) => (
          <span key={name} className="gu-part" data-place={index + 1} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className="gu-shares">
        {shares.map(({ name, share, people }, index) => (
          <li key={name}>
            <span className="gu-dot" data-place={index + 1} aria-hidden /> {name}:{' '}
            <strong>{percent(share)} of the work</strong>, {percent(people / everybody)} of the people
          </li>
        ))}
      </ul>
    </figure>
  )
}
