// The numbers by which money of a budget is watched: when a line that still holds is told to be on its way above its plan.

import type { Figure } from './figure.ts'

const starting = 'Our starting value'

export const moneyFigures = {
  paceMonths: {
    ...{ value: 3, unit: 'months', least: 1, most: 11, ours: true },
    says: 'From so many whole months with spending on, a line of the budget is forecast by its pace.',
    source: `${starting}: one large bill is no pace`,
  },
  paceSlack: {
    ...{ value: 0.05, unit: 'share', least: 0, most: 0.5, ours: true },
    says: 'Up to so much above its plan for the year a forecast is taken for noise.',
    source: starting,
  },
} satisfies Record<string, Figure>
