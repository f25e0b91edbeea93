// The practice network: for trying Longrun out, for its tests and its benchmarks.

import { createFakeConnector } from './connector.ts'

export { createFakeConnector, type FakeStrengths } from './connector.ts'

export const fake = createFakeConnector()
