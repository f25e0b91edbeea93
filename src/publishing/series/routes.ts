// Series over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginSeries } from './begin-series.ts'
import { changeSeries } from './change-series.ts'
import { seriesContract } from './contract.ts'
import { endSeries, leaveOut, pauseSeries, resumeSeries, takeIn } from './stop-series.ts'
import { listSeries, previewRecurrence, readSeries, seriesOfPost } from './views.ts'

const { series: os } = serve(seriesContract)

export const seriesRoutes = {
  series: {
    list: os.list.handler(({ context: { services, caller } }) => listSeries(services, caller)),
    preview: os.preview.handler(({ input }) => previewRecurrence(input)),
    begin: os.begin.handler(({ context: { services, caller }, input }) => beginSeries(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) => readSeries(services, caller, input)),
    ofPost: os.ofPost.handler(({ context: { services, caller }, input }) => seriesOfPost(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeSeries(services, caller, input)),
    pause: os.pause.handler(({ context: { services, caller }, input }) => pauseSeries(services, caller, input)),
    resume: os.resume.handler(({ context: { services, caller }, input }) => resumeSeries(services, caller, input)),
    end: os.end.handler(({ context: { services, caller }, input }) => endSeries(services, caller, input)),
    leaveOut: os.leaveOut.handler(({ context: { services, caller }, input }) => leaveOut(services, caller, input)),
    takeIn: os.takeIn.handler(({ context: { services, caller }, input }) => takeIn(services, caller, input)),
  },
}
