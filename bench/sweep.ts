import { settingsOf } from '../src/listening/spikes/settings.ts'
import { liveYear } from './spikes/year.ts'
const seeds = (process.argv[2] ?? '7').split(',').map(Number)
const count = Number(process.argv[3] ?? 12)
const base = settingsOf('standard', 'UTC')
const all: Record<string, object> = { base: {}, p1: { shortPenalty: 1 }, 'p.5': { shortPenalty: 0.5 }, p0: { shortPenalty: 0 }, 's3.2': { surprise: 3.2 }, 'p.5m90': { shortPenalty: 0.5, moodMinutes: 90 }, 's3.2p.5': { surprise: 3.2, shortPenalty: 0.5 }, 'p1m30': { shortPenalty: 1, moodMinutes: 30 } }
for (const name of (process.argv[4] ?? Object.keys(all).join(',')).split(',')) for (const seed of seeds) {
  const t = performance.now()
  const years = Array.from({ length: count }, (_, at) => liveYear(seed, at, { ...base, ...all[name] }))
  const heard = years.flatMap((y) => y.found).filter((f) => f.heard)
  const late = heard.filter((f) => f.lag === null || f.lag > 10)
  const fa = years.reduce((s, y) => s + y.falseAlerts.length, 0) / count / 12
  console.log(name.padEnd(9), seed, 'quick', (100 * (1 - late.length / heard.length)).toFixed(1), 'false', fa.toFixed(2), 'stirs', years.reduce((s, y) => s + y.stirsFound, 0), 'late', late.map((f) => `${f.crisis.shape}:${f.lag ?? '-'}@${f.hourly.toFixed(0)}/${f.crisis.size.toFixed(0)}`).join(' '), Math.round((performance.now() - t) / 1000) + 's')
}
