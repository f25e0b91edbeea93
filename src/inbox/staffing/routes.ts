// Staffing over HTTP.

import { serve } from '../../people/serve.ts'
import { readStaffing } from './actions.ts'
import { staffingContract } from './contract.ts'

const os = serve(staffingContract).staffing

export const staffingRoutes = {
  staffing: os.router({
    read: os.read.handler(({ context: { services, caller }, input }) => readStaffing(services, caller, input)),
  }),
}
