// Languages a post can be marked with, by their English names.

const codes =
  'en de fr es it pt nl pl cs sk hu ro bg el sv da nb fi et lv lt sl hr sr uk ru tr ar he fa hi bn ur ta te id ms vi th zh ja ko ca eu gl cy ga is mk sq sw af'.split(
    ' ',
  )

const names = new Intl.DisplayNames('en', { type: 'language' })

export const languages = codes
  .map((value) => ({ value, label: `${names.of(value) ?? value}` }))
  .sort((a, b) => a.label.localeCompare(b.label))
