// What the navigation offers, in its order, with the key that goes there.

import {
  type Icon,
  IconActivity,
  IconBulb,
  IconCalendar,
  IconEar,
  IconEyeCheck,
  IconFlag,
  IconHandStop,
  IconInbox,
  IconListDetails,
  IconMapPin,
  IconPhoto,
  IconPlugConnected,
  IconRss,
  IconRun,
  IconSettings,
  IconStack2,
  IconSun,
} from '@tabler/icons-react'

export interface NavigationPage {
  label: string
  to:
    | '/o/$slug/today'
    | '/o/$slug/programme'
    | '/o/$slug/calendar'
    | '/o/$slug/posts'
    | '/o/$slug/approvals'
    | '/o/$slug/holds'
    | '/o/$slug/placements'
    | '/o/$slug/media'
    | '/o/$slug/campaigns'
    | '/o/$slug/briefs'
    | '/o/$slug/stock'
    | '/o/$slug/listen'
    | '/o/$slug/inbox'
    | '/o/$slug/feeds'
    | '/o/$slug/accounts'
    | '/o/$slug/activity'
    | '/o/$slug/settings'
  key: string
  icon: Icon
  /** What lies under it although its address begins otherwise. */
  holds?: readonly string[]
}

export const pages: NavigationPage[] = [
  { label: 'Today', to: '/o/$slug/today', key: 'g t', icon: IconSun },
  { label: 'Programme', to: '/o/$slug/programme', key: 'g r', icon: IconRun },
  { label: 'Calendar', to: '/o/$slug/calendar', key: 'g c', icon: IconCalendar, holds: ['imports'] },
  { label: 'Posts', to: '/o/$slug/posts', key: 'g p', icon: IconListDetails, holds: ['series'] },
  { label: 'Approvals', to: '/o/$slug/approvals', key: 'g v', icon: IconEyeCheck },
  { label: 'Campaigns', to: '/o/$slug/campaigns', key: 'g n', icon: IconFlag },
  { label: 'Briefs', to: '/o/$slug/briefs', key: 'g b', icon: IconBulb },
  { label: 'Stock', to: '/o/$slug/stock', key: 'g k', icon: IconStack2 },
  { label: 'Media', to: '/o/$slug/media', key: 'g m', icon: IconPhoto },
  { label: 'Listen', to: '/o/$slug/listen', key: 'g i', icon: IconEar },
  { label: 'Inbox', to: '/o/$slug/inbox', key: 'g x', icon: IconInbox, holds: ['contacts'] },
  { label: 'Feeds', to: '/o/$slug/feeds', key: 'g f', icon: IconRss },
  { label: 'Placements', to: '/o/$slug/placements', key: 'g l', icon: IconMapPin },
  { label: 'Holds', to: '/o/$slug/holds', key: 'g o', icon: IconHandStop, holds: ['withdrawals'] },
  { label: 'Accounts', to: '/o/$slug/accounts', key: 'g a', icon: IconPlugConnected, holds: ['newsletters'] },
  { label: 'Activity', to: '/o/$slug/activity', key: 'g h', icon: IconActivity },
  { label: 'Settings', to: '/o/$slug/settings', key: 'g s', icon: IconSettings, holds: ['links'] },
]
