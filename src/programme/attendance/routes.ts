// Attendance over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { attendanceContract } from './contract.ts'
import { readAttendance } from './read.ts'

const os = serve(attendanceContract).attendance

export const attendanceRoutes = {
  attendance: {
    read: os.read.handler(({ context: { services, caller } }) => readAttendance(services, caller)),
  },
}
