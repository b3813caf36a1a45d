import { stripControls } from '../views/plain.ts'

/** Markup, as against text that still has to be made harmless. */
export interface Html {
  readonly html: string
}

export type Part = Html | string | number | readonly Html[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template of markup. Texts that are put into it are shown as they are, whatever they hold; nothing of them becomes markup. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + (i < parts.length ? markup(parts[i] ?? '') : '')).join('') }
}

/** A column: its title and its share of the width, in percent. */
export type HtmlColumn = readonly [title: string, width: number]

/** A table with a row of titles. Its columns do not follow what is in them: a long word breaks and does not widen the page. */
export function htmlTable(columns: readonly HtmlColumn[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${columns.map(([title, width]) => html`<th style="width: ${width}%">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}

/** Facts with their names in front; those without a value are left out. */
export function htmlFacts(facts: readonly (readonly [string, Part])[]): Html {
  return html`<table class="facts">
    ${facts
      .filter(([, value]) => value !== '')
      .map(
        ([name, value]) =>
          html`<tr>
            <th>${name}</th>
            <td>${value}</td>
          </tr> `,
      )}
  </table>`
}

function markup(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return stripControls(part).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
  return 'html' in part ? part.html : part.map((each) => each.html).join('')
}
