// The look: Inter, a 4-pixel grid, warm greys, one warm accent (`track`) and one deep green (`done`), for light and dark.
//
// Colours by meaning: `track` the accent and what to do next, `done` finished and well, `amber` needs attention,
// `crimson` failed or destroys something, `slate` in progress. `dimmed` text is Mantine's `c="dimmed"`.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const track: MantineColorsTuple = [
  '#fdf3ef',
  '#f9e3da',
  '#f1c5b4',
  '#e8a38a',
  '#df8466',
  '#d36a4a',
  '#bd5333',
  '#a84526',
  '#8b371d',
  '#6c2a16',
]
const done: MantineColorsTuple = [
  '#eef6f1',
  '#d8eae0',
  '#b0d5c1',
  '#84bd9f',
  '#5aa37f',
  '#3a8a64',
  '#277351',
  '#1c6043',
  '#154d36',
  '#0e3a29',
]
const amber: MantineColorsTuple = [
  '#fdf6e3',
  '#faeac1',
  '#f3d584',
  '#e8bc4c',
  '#d9a326',
  '#b07d10',
  '#8a620a',
  '#724f08',
  '#5a3f06',
  '#432f05',
]
const crimson: MantineColorsTuple = [
  '#fff0f2',
  '#ffdfe4',
  '#fbb9c4',
  '#f48da1',
  '#ec607d',
  '#dc3558',
  '#c01d44',
  '#a31539',
  '#84112f',
  '#620c23',
]
const slate: MantineColorsTuple = [
  '#eef3fa',
  '#dae5f3',
  '#b4cae6',
  '#89add6',
  '#608fc6',
  '#4176b4',
  '#306199',
  '#264f7e',
  '#1e3f65',
  '#162e4b',
]
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f4f1ec',
  '#eae6df',
  '#dcd7ce',
  '#c4beb3',
  '#8f887c',
  '#68625a',
  '#544f48',
  '#3a3632',
  '#231f1c',
]
const dark: MantineColorsTuple = [
  '#ebe7e1',
  '#d3cec6',
  '#b4aea4',
  '#8d877d',
  '#4a4540',
  '#3c3834',
  '#2b2825',
  '#1b1917',
  '#161412',
  '#110f0e',
]

export const theme = createTheme({
  colors: { track, done, amber, crimson, red: crimson, slate, gray, dark },
  primaryColor: 'track',
  primaryShade: { light: 7, dark: 6 },
  black: '#231f1c',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '640',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '2rem' },
      h2: { fontSize: '1.125rem', lineHeight: '1.5rem' },
      h3: { fontSize: '1rem', lineHeight: '1.5rem' },
      h4: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '0.125rem', sm: '0.25rem', md: '0.5rem', lg: '0.75rem', xl: '1.5rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      // A click beside a dialog must not take what was typed in it, nor a secret that is shown once. What only shows something says so.
      defaultProps: {
        centered: true,
        closeOnClickOutside: false,
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 140 }, closeButtonProps: { 'aria-label': 'Close' } } },
    // The placeholder that takes the first focus is no item, and a menu may hold nothing else.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 }, events: { hover: true, focus: true, touch: true } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    SegmentedControl: { defaultProps: { transitionDuration: 120 } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show or hide the password', tabIndex: 0 } },
    },
  },
})

const meanings = { track, done, amber, crimson, red: crimson, slate }

/** Text of light and subtle buttons: Mantine's own is so dark (or pale) that the meaning of the colour is lost. */
const coloured = (shade: 3 | 7) =>
  Object.fromEntries(
    Object.entries(meanings).map(([name, shades]) => [`--mantine-color-${name}-light-color`, shades[shade]]),
  )

/** Lines of plots, in their order: told apart from each other and from the ground. */
const plotted = (...colours: string[]) =>
  Object.fromEntries(colours.map((colour, index) => [`--lr-plot-${index + 1}`, colour]))

/** Surfaces and lines of both schemes; `kit.css` uses the `--lr-` ones. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...coloured(7),
    '--mantine-color-body': '#ffffff',
    '--mantine-color-anchor': track[7],
    '--mantine-color-error': crimson[6],
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#746d63',
    '--lr-ground': gray[0],
    '--lr-surface': '#ffffff',
    '--lr-raised': gray[1],
    '--lr-line': gray[2],
    '--lr-track': track[7],
    '--lr-track-soft': track[0],
    '--lr-done': done[7],
    '--lr-done-soft': done[0],
    ...plotted(track[6], slate[6], done[6], amber[5], crimson[5]),
  },
  dark: {
    ...coloured(3),
    '--mantine-color-body': dark[7],
    '--mantine-color-anchor': track[3],
    '--mantine-color-error': crimson[3],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#989186',
    '--lr-ground': '#141211',
    '--lr-surface': dark[7],
    '--lr-raised': '#24211f',
    '--lr-line': '#322e2b',
    '--lr-track': track[4],
    '--lr-track-soft': '#2f1f18',
    '--lr-done': done[3],
    '--lr-done-soft': '#16261e',
    ...plotted(track[5], slate[4], done[4], amber[4], crimson[4]),
  },
})
