/** The page's own line icons, drawn on a 16 px grid; always beside a word, never instead of one. */

const PATHS = {
  today: 'M2 3.5h12v10H2zM2 6.5h12M5 2v3M11 2v3M5 10l2 2 4-4',
  complexes: 'M2 14V5l5-3v12M7 14V6h7v8M4 7h1M4 10h1M9.5 8.5h2M9.5 11h2M1 14h14',
  vouchers: 'M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h3',
  bank: 'M2 6l6-4 6 4zM3.5 6v6M6.5 6v6M9.5 6v6M12.5 6v6M1.5 14h13',
  deposits: 'M2 3h12v10H2zM8 6v4M6 8h4M4.5 3v10',
  repairs: 'M10.5 2a3.5 3.5 0 0 0-3.3 4.7L2 12l2 2 5.3-5.2A3.5 3.5 0 0 0 14 5.5l-2 .8-1.5-1.6.9-2.4z',
  income: 'M8 2v12M4.5 4.5L8 8l3.5-3.5M5 8h6M5 10.5h6',
  disclosure: 'M2 2h12v9H2zM5 5h6M5 8h4M6 14l2-3 2 3',
  findings: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14M7 4.7v2.8M7 9v.3',
  books: 'M2.5 2.5h4A1.5 1.5 0 0 1 8 4v10a1.5 1.5 0 0 0-1.5-1.5h-4zM13.5 2.5h-4A1.5 1.5 0 0 0 8 4v10a1.5 1.5 0 0 1 1.5-1.5h4z',
  periods: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5',
  staff: 'M6 8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM1.5 14c0-6 9-6 9 0M11 3a2.5 2.5 0 0 1 0 4.8M12.5 10c1.5.6 2 2 2 4',
  log: 'M3 2v12h10M5.5 5h7M5.5 8h7M5.5 11h4',
  settings: 'M2 4h6M11 4h3M2 8h2M7 8h7M2 12h7M12 12h2M9.5 2.5v3M5.5 6.5v3M10.5 10.5v3',
  search: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.7 10.7L14 14',
  lock: 'M3.5 7h9v7h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14.5c0-3.5 2.5-5 5.5-5s5.5 1.5 5.5 5',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  plus: 'M8 3v10M3 8h10',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2l6.5 11.5h-13zM8 6.5v3.5M8 11.7v.3',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 7.3V11M8 5v.3',
  file: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3',
  upload: 'M8 11V3M5 5.5L8 2.5l3 3M2.5 11v3h11v-3',
  download: 'M8 2.5v8M5 8l3 3 3-3M2.5 11v3h11v-3',
  print: 'M4 6V2h8v4M4 11H2V6h12v5h-2M4 9.5h8V14H4z',
  left: 'M10 3L5 8l5 5',
  right: 'M6 3l5 5-5 5',
  up: 'M8 13V3M4 7l4-4 4 4',
  dot: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  skip: 'M2 11c1-6 11-6 12 0M14 11l-3-.8M14 11l.6-3',
  blocked: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM3.5 3.5l9 9',
  draft: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM9 4.7L11.3 7',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
