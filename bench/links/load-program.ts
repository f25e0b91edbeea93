// The load: follows links over loopback from a process of its own, each connection one after the other, and tells what was answered.
//
// Written on bare sockets, so that most of the machine is left to what is measured.

import { connect } from 'node:net'
import { summaryOf } from '../statistics.ts'

export interface LoadOrder {
  port: number
  codes: string[]
  requests: number
  connections: number
  userAgent: string
}

export interface LoadReport {
  /** Answered with 302, by code. */
  answered: Record<string, number>
  /** Other answers, by status. */
  refused: Record<string, number>
  /** Sent, and the connection ended before an answer. */
  unanswered: number
  seconds: number
  ms: { n: number; p50: number; p95: number; p99: number }
}

process.once('disconnect', () => process.exit(0))
process.on('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send!(report))
})

interface Run {
  order: LoadOrder
  sent: number
  answered: Map<string, number>
  refused: Map<string, number>
  unanswered: number
  latencies: number[]
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const state: Run = { order, sent: 0, answered: new Map(), refused: new Map(), unanswered: 0, latencies: [] }
  const began = performance.now()
  await Promise.all(Array.from({ length: order.connections }, () => follow(state)))
  return {
    answered: Object.fromEntries(state.answered),
    refused: Object.fromEntries(state.refused),
    unanswered: state.unanswered,
    seconds: (performance.now() - began) / 1000,
    ms: summaryOf(state.latencies),
  }
}

/** One connection: the next request leaves when the answer to the one before is complete. Ends with the server. */
function follow(state: Run): Promise<void> {
  const { port, codes, requests, userAgent } = state.order
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let code = ''
    let began = 0
    let text = ''
    const next = () => {
      if (state.sent >= requests) return void socket.end()
      code = codes[state.sent++ % codes.length]!
      began = performance.now()
      socket.write(
        `GET /l/${code} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: ${userAgent}\r\naccept: text/html\r\n\r\n`,
      )
    }
    socket.setEncoding('latin1')
    socket.once('connect', next)
    socket.on('data', (chunk) => {
      text += chunk
      if (!isComplete(text)) return
      note(state, code, text.slice(9, 12), performance.now() - began)
      text = code = ''
      next()
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      if (code !== '') state.unanswered++
      resolve()
    })
  })
}

function note(state: Run, code: string, status: string, ms: number): void {
  state.latencies.push(ms)
  const [counts, key] = status === '302' ? [state.answered, code] : [state.refused, status]
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Redirects have no body; what has one says how long it is, or ends with an empty chunk. */
function isComplete(text: string): boolean {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  if (length !== undefined) return text.length >= head + 4 + Number(length)
  return !/\r\ntransfer-encoding: chunked/i.test(text) || text.endsWith('0\r\n\r\n')
}
