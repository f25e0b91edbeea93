// The parts of a score, each with its 80 % range drawn: what is not sure shows as wide, not as large.

import { figure, type Speaker } from './people-words.ts'

type Score = NonNullable<Speaker['score']>
type Part = Score['rate']

export function ScoreParts({ score, mentions }: { score: Score; mentions: number }) {
  return (
    <section className="lr-panel pe-box" aria-label="Why they stand out">
      <h2>Why they stand out</h2>
      <p>From {mentions.toLocaleString('en')} of their mentions. Behind each figure stands its 80 % range.</p>
      <dl className="pe-parts">
        <Line name="Speaks" part={score.rate} most={10} unit="mentions a week" />
        <Line name="Is heard" part={score.heard} most={20} unit="times, 1 is without an answer" />
        <Line name="Takes a stand" part={score.stance} most={1} unit="0 no side, 1 always the same" />
        <Plain name="Between circles" value={score.bridging} unit="1 to 2; above 1, others are reached over them" />
        <Plain name="Standing" value={score.standing} unit="1 is average, of who is answered by whom" />
        <Line name="Together" part={score.score} most={20} unit="people are ranked by the lower end" />
      </dl>
    </section>
  )
}

/** Large values crowd at the end: what matters is decided among the small ones. */
const place = (value: number, most: number): number => Math.min(100, (Math.log1p(value) / Math.log1p(most)) * 100)

function Line({ name, part, most, unit }: { name: string; part: Part; most: number; unit: string }) {
  const [low, high] = [place(part.low, most), place(part.high, most)]
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{figure(part.value)}</strong>{' '}
        <span className="pe-range">
          {figure(part.low)} to {figure(part.high)}
        </span>
        <span className="pe-bar" aria-hidden="true">
          <span style={{ insetInlineStart: `${low}%`, width: `${Math.max(1, high - low)}%` }} />
          <i style={{ insetInlineStart: `${place(part.value, most)}%` }} />
        </span>
        <small>{unit}</small>
      </dd>
    </div>
  )
}

function Plain({ name, value, unit }: { name: string; value: number; unit: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{figure(value)}</strong> <small>{unit}</small>
      </dd>
    </div>
  )
}
