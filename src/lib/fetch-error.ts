// How a request to an outside address can fail, and whether it may have arrived nevertheless.

export type FetchFailure =
  | 'bad-request'
  | 'address-refused'
  | 'host-not-found'
  | 'connection-refused'
  | 'connect-timeout'
  | 'tls-failed'
  | 'unreachable'
  | 'connection-lost'
  | 'timeout'
  | 'aborted'
  | 'answer-too-large'
  | 'redirect-refused'
  | 'too-many-redirects'

/** Names no address, header or body. */
export class FetchError extends Error {
  readonly code: FetchFailure
  /** false: certainly nothing was sent. true: the other side may have received the request. */
  readonly sent: boolean

  constructor(code: FetchFailure, sent: boolean) {
    super(code)
    this.name = 'FetchError'
    this.code = code
    this.sent = sent
  }
}
