import type { Html } from './html.ts'

/** Reads at 800 pixels, rolls its tables sideways on a phone, and prints on A4 or Letter; states are told by words and borders, so that a grey printer loses nothing. */
export const EVIDENCE_STYLE: Html = {
  html: `
  :root { color-scheme: light }
  body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; color: #1a1a1a; background: #fff;
    font: 14px/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
  header { border-bottom: 3px double #1a1a1a; margin-bottom: 1rem }
  h1 { font-size: 1.6rem; margin: 0 0 .25rem }
  h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid #888;
    overflow-wrap: anywhere }
  h3 { font-size: 1rem; margin: 1.1rem 0 .3rem }
  p { margin: .4rem 0 }
  table { width: 100%; table-layout: fixed; overflow-wrap: anywhere; border-collapse: collapse; font-size: .93em }
  th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid #ddd }
  thead th { font-weight: 600; border-bottom: 1px solid #888; color: #444 }
  .facts th { width: 9.5rem; font-weight: 600; color: #444 }
  .small { font-size: .86em; color: #555 }
  .code { font: .9em/1.4 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
    overflow-wrap: anywhere }
  .state { display: inline-block; padding: 0 .45em; border: 1px solid #555; border-radius: .2em }
  .sent, .delivered { border-color: #1a6b2f; color: #1a6b2f }
  .failed, .dead, .bounced, .bad { border-color: #a11616; color: #a11616 }
  .unknown, .held { border-color: #8a5a00; color: #8a5a00 }
  .proof { margin-top: 2rem; padding: .25rem 1rem 1rem; border: 1px solid #888; break-inside: avoid }
  .proof h2 { border: 0; margin-top: .6rem }
  @media screen and (max-width: 40rem) {
    body { padding: 1rem }
    .wide { overflow-x: auto }
    .wide table { min-width: 46rem }
    .facts th { width: 7rem }
  }
  @page { margin: 15mm }
  @media print {
    body { padding: 0; max-width: none; font-size: 10pt }
    h2, h3, thead { break-after: avoid }
    tr { break-inside: avoid }
    a { color: inherit; text-decoration: none }
  }
`,
}
