// A shop of two from its first start to Today, each act counted: whoever begins needs less than five minutes, and so does the second one.

import { expect, test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { handOn } from './keystrokes.ts'
import { thisMonday } from './posts.ts'
import { setStage } from './stage.ts'

const most = 300

describeJourney('a shop of two', () => {
  const stage = setStage({ empty: true })

  test('comes from its first start to Today in five minutes of clicks', async () => {
    const { page } = await stage.visit()
    const hand = handOn(page)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page.goto('/')
    await hand.look(button('Create and begin'))
    await hand.type(page.getByLabel('Your name'), exampleOwner.name)
    await hand.type(page.getByLabel('Your e-mail address'), exampleOwner.email)
    await hand.type(page.getByLabel('Password', { exact: true }), exampleOwner.password)
    await hand.type(page.getByLabel('Organisation', { exact: true }), exampleOwner.organisation)
    await hand.click(button('Create and begin'))
    await hand.look(page.getByRole('heading', { name: 'Today', level: 1 }))

    await hand.click(page.getByRole('link', { name: 'Programme', exact: true }).first())
    await hand.look(button('Begin a programme'))
    await hand.click(button('Begin a programme'))
    await hand.look(page.getByRole('dialog'))
    await hand.click(page.getByRole('combobox', { name: 'Plan to begin with' }))
    await hand.look(page.getByRole('option', { name: 'Business to business' }))
    await hand.click(page.getByRole('option', { name: 'Business to business' }))
    await hand.type(page.getByLabel('First week begins on'), thisMonday())
    await hand.click(button('Begin'))
    await hand.look(page.getByRole('link', { name: 'The plan' }))
    await hand.click(page.getByRole('link', { name: 'The plan' }))
    await hand.look(page.getByText('This takes about'))
    await hand.click(button('Most that you give'))
    await hand.type(page.getByLabel('Minutes a week'), '120')
    await hand.click(button('Save'))
    await page.getByText('Together you give 120 minutes a week at most.').waitFor()

    await hand.click(page.getByRole('link', { name: 'Settings' }).first())
    await hand.look(page.getByRole('link', { name: 'Members' }))
    await hand.click(page.getByRole('link', { name: 'Members' }))
    await hand.look(button('Invite'))
    await hand.click(button('Invite'))
    await hand.look(page.getByRole('dialog'))
    await hand.type(page.getByRole('dialog').getByLabel('E-mail address'), 'second@example.org')
    await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Invite' }))
    await hand.look(page.getByLabel('Invitation link'))
    const link = await page.getByLabel('Invitation link').inputValue()
    await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Done' }))

    await hand.click(page.getByRole('link', { name: 'Today' }).first())
    await hand.look(page.getByRole('heading', { name: 'Your sessions' }))
    const owner = hand.seconds()
    expect(owner.person + owner.machine).toBeLessThan(most)

    const second = await stage.visit()
    const other = handOn(second.page)
    await second.page.goto(link)
    await other.look(second.page.getByRole('heading', { name: 'Join Harbour Outdoor' }))
    await other.type(second.page.getByLabel('Your name'), 'The second one')
    await other.type(second.page.getByLabel('Password', { exact: true }), 'a password of their own')
    await other.click(second.page.getByRole('button', { name: 'Join' }))
    await other.look(second.page.getByRole('heading', { name: 'Today', level: 1 }))
    await other.click(second.page.getByRole('link', { name: 'Programme', exact: true }).first())
    await other.look(second.page.getByRole('link', { name: 'The plan' }))
    await other.click(second.page.getByRole('link', { name: 'The plan' }))
    await other.look(second.page.getByRole('button', { name: 'Most that you give' }))
    await other.click(second.page.getByRole('button', { name: 'Most that you give' }))
    await other.type(second.page.getByLabel('Minutes a week'), '90')
    await other.click(second.page.getByRole('button', { name: 'Save' }))
    await second.page.getByText('Together you give 210 minutes a week at most.').waitFor()
    await other.click(second.page.getByRole('link', { name: 'Today' }).first())
    await other.look(second.page.getByRole('heading', { name: 'Your sessions' }))
    const joined = other.seconds()
    expect(joined.person + joined.machine).toBeLessThan(most)
    console.log(`Who begins: ${hand.says()}.\nWho joins: ${other.says()}.`)
  })
})
