// Campaigns over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { closeCampaign, reopenCampaign } from './close-campaign.ts'
import { campaignsContract } from './contract.ts'
import { readLanes } from './lanes.ts'
import { listCampaigns, readCampaign, reportsOfCampaign, resultsOfCampaign } from './list-campaigns.ts'
import { changeCampaign, createCampaign } from './write-campaign.ts'

const os = serve(campaignsContract)

export const campaignsRoutes = os.router({
  campaigns: {
    list: os.campaigns.list.handler(({ context: { services, caller }, input }) =>
      listCampaigns(services, caller, input),
    ),
    create: os.campaigns.create.handler(({ context: { services, caller }, input }) =>
      createCampaign(services, caller, input),
    ),
    read: os.campaigns.read.handler(({ context: { services, caller }, input }) =>
      readCampaign(services, caller, input.id),
    ),
    change: os.campaigns.change.handler(({ context: { services, caller }, input }) =>
      changeCampaign(services, caller, input),
    ),
    close: os.campaigns.close.handler(({ context: { services, caller }, input }) =>
      closeCampaign(services, caller, input),
    ),
    reopen: os.campaigns.reopen.handler(({ context: { services, caller }, input }) =>
      reopenCampaign(services, caller, input),
    ),
    results: os.campaigns.results.handler(({ context: { services, caller }, input }) =>
      resultsOfCampaign(services, caller, input.id),
    ),
    reports: os.campaigns.reports.handler(({ context: { services, caller }, input }) =>
      reportsOfCampaign(services, caller, input.id),
    ),
    lanes: os.campaigns.lanes.handler(({ context: { services, caller }, input }) => readLanes(services, caller, input)),
  },
})
