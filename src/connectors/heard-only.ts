// What a network has in common to which nobody connects: it is only heard, by everybody, without an account.

import type { Connector } from './contract.ts'
import { ConnectorError } from './errors.ts'

export const heardOnly: Pick<Connector, 'auth' | 'identify' | 'limits'> = {
  auth: [],
  identify: () => Promise.reject(new ConnectorError({ kind: 'rejected', code: 'no-accounts' })),
  // Nothing can be published there.
  limits: () => ({ text: { max: 0, unit: 'graphemes', format: 'plain' } }),
}
