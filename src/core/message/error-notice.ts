import { carrying } from '../model/carrying.ts'
import { cleanLine } from '../model/clean.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import { type ErrorFact, TOLD_EVENTS, type ToldEvent } from '../model/error-notice.ts'
import { assembleMessage } from './assemble.ts'
import { composeMessage } from './compose.ts'
import { ACCENT, FONT, HEAD, INK, LINE, SOFT, TABLE } from './defaults/layout.ts'
import { NOTICE_WORDS, type NoticeWords, TOLD_SENTENCES } from './notice-words.ts'

/** Things told one by one; the rest is a number. */
const MOST = 50

export interface ErrorNoticeInput {
  readonly language: 'es' | 'en'
  /** Without angle brackets. */
  readonly messageId: string
  /** ISO 8601 UTC. */
  readonly date: string
  readonly sender: { readonly address: string; readonly name: string }
  readonly to: string
  readonly facts: readonly ErrorFact[]
  /** The data folder: an administrator may have several. */
  readonly place: string
  /** Company whose store it is, or null: what is to be typed names it. */
  readonly company: string | null
}

/** One thing, in words. */
interface Item {
  readonly event: ToldEvent
  /** Whom and what it is about. */
  readonly about: readonly string[]
  readonly words: string
  readonly cure: string
}

/** The digest for the administrator: what needs a person, for whom, what the server said, and what to type. */
export function errorNotice(input: ErrorNoticeInput): {
  readonly subject: string
  readonly chunks: readonly Buffer[]
} {
  const words = wordsFor(input)
  const count = input.facts.length
  const title = count === 1 ? words.one : filled(words.many, { count: String(count) })
  const items = input.facts.slice(0, MOST).map((fact) => itemOf(fact, words))
  const page = { title, items, left: count - items.length, words, place: cleanLine(input.place) }
  const { messageId, date, sender, to } = input
  const subject = `cfdi-mail: ${title}`
  const sealed = composeMessage({
    ...{ messageId, date, seed: messageId, sender, replyTo: null, to: [to], subject, attachments: [] },
    text: textOf(page),
    html: htmlOf(page, input.language),
  })
  return { subject, chunks: assembleMessage(sealed, []).chunks }
}

/** The commands to type name the company: whoever reads the mail sits at no shell of it. */
function wordsFor({ language, company }: ErrorNoticeInput): NoticeWords {
  const words = NOTICE_WORDS[language]
  if (company === null) return words
  const named = (text: string) => carrying(text, `${words.company} ${company}`)
  const cures = Object.entries(words.cures).map(([event, cure]) => [event, named(cure)])
  return { ...words, more: named(words.more), cures: Object.fromEntries(cures) as NoticeWords['cures'] }
}

/** These begin their detail with the name of what they are about. */
const NAMED: readonly ToldEvent[] = ['profile-held', 'document-rejected', 'order-file-refused']

/** Held because the customer has no address, or for WhatsApp no number: it goes by itself once there is one. */
const NO_WAY = ['no-address', 'no-number'] as const

function itemOf(fact: ErrorFact, words: NoticeWords): Item {
  const { event, order, customer, detail } = fact
  const [name = '', ...rest] = NAMED.includes(event) ? detail.split(': ') : ['', detail]
  const cure = event === 'held' ? (NO_WAY.find((code) => code === detail) ?? event) : event
  const holes = { order: (order ?? '').slice(-8), customer: customer ?? '', name }
  return {
    event,
    about: [name, ...partiesOf(fact)].map(cleanLine).filter((part) => part !== ''),
    words: cleanLine(inWords(withoutCause(event, rest), words)),
    cure: filled(words.cures[cure], holes),
  }
}

/** A hold says its cause's code, then the server's words; the code alone is left where there are none. */
function withoutCause(event: ToldEvent, [first = '', ...rest]: readonly string[]): string {
  return event === 'profile-held' && rest.length > 0 ? rest.join(': ') : [first, ...rest].join(': ')
}

function partiesOf({ customer, customerName, recipient, documents }: ErrorFact): string[] {
  const more = documents.length > 3 ? ` +${documents.length - 3}` : ''
  return [`${customer ?? ''} ${customerName}`, documents.slice(0, 3).join(', ') + more, recipient ?? '']
}

/** A sentence of the program, a code, or a code and what goes with it, as words. */
function inWords(detail: string, { codes, sentences }: NoticeWords): string {
  const sentence = TOLD_SENTENCES.find((name) => EVENT_SENTENCES[name] === detail)
  if (sentence !== undefined) return sentences[sentence]
  // Who has to look at it says little where the reason follows.
  const [code = '', ...rest] = detail.replace(/^(?:review|payroll): /, '').split(': ')
  const text = codes[code]
  if (text === undefined) return detail
  return rest.length === 0 ? text : `${text} (${rest.join(': ')})`
}

interface Page {
  readonly title: string
  readonly items: readonly Item[]
  readonly left: number
  readonly words: NoticeWords
  readonly place: string
}

function groupsOf(items: readonly Item[]): (readonly [ToldEvent, readonly Item[]])[] {
  return TOLD_EVENTS.map((event) => [event, items.filter((item) => item.event === event)] as const).filter(
    ([, group]) => group.length > 0,
  )
}

function textOf({ title, items, left, words, place }: Page): string {
  const groups = groupsOf(items).flatMap(([event, group]) => [
    `== ${words.titles[event]} (${group.length})`,
    ...group.flatMap((item) => [
      '',
      `* ${item.about.join(' · ')}`,
      ...(item.words === '' ? [] : [`  ${words.words}: ${item.words}`]),
      `  ${words.next}: ${item.cure}`,
    ]),
    '',
  ])
  const more = left > 0 ? [filled(words.more, { count: String(left) }), ''] : []
  return [
    `cfdi-mail: ${title}`,
    '',
    words.intro,
    '',
    ...groups,
    ...more,
    `${words.from}: ${place}`,
    words.footer,
    '',
  ].join('\r\n')
}

function htmlOf({ title, items, left, words, place }: Page, language: 'es' | 'en'): string {
  const small = `${FONT};font-size:12px;line-height:18px;color:${SOFT}`
  const rows = groupsOf(items).map(
    ([event, group]) =>
      `<tr><td class="pad" style="padding:22px 36px 0;${FONT}"><h2 class="ink" style="margin:0;font-size:16px;line-height:22px;color:${INK}">${escaped(words.titles[event])} (${group.length})</h2></td></tr>
${group.map((item) => itemHtml(item, words)).join('\n')}`,
  )
  const more = left > 0 ? `${escaped(filled(words.more, { count: String(left) }))}<br><br>` : ''
  return `${HEAD.replace('TITLE', escaped(title)).replace('lang="es"', `lang="${language}"`)}
<body class="bg" style="margin:0;padding:0;background:#eef1f5">
${TABLE}><tr><td class="bg" align="center" style="padding:24px 10px;background:#eef1f5">
${TABLE} class="card" style="max-width:600px;background:#ffffff">
<tr><td style="height:4px;line-height:4px;font-size:0;background:${ACCENT}!important">&nbsp;</td></tr>
<tr><td class="pad" style="padding:28px 36px 0;${FONT}"><p class="soft" style="margin:0 0 6px;font-size:14px;color:${SOFT}">cfdi-mail</p>
<h1 class="ink" style="margin:0;font-size:22px;line-height:28px;color:${INK}">${escaped(title.charAt(0).toUpperCase() + title.slice(1))}</h1>
<p class="ink" style="margin:14px 0 0;font-size:15px;line-height:22px;color:${INK}">${escaped(words.intro)}</p></td></tr>
${rows.join('\n')}
<tr><td class="pad" style="padding:26px 36px 28px">${TABLE}><tr><td class="line soft" style="padding-top:14px;border-top:1px solid ${LINE};${small}">${more}${escaped(words.from)}: ${escaped(place)}<br>${escaped(words.footer)}</td></tr></table></td></tr>
</table>
</td></tr></table>
</body>
</html>
`
}

function itemHtml({ about, words: said, cure }: Item, words: NoticeWords): string {
  const [first = '', ...others] = about.map(escaped)
  const line = `${FONT};font-size:14px;line-height:20px;color:${INK}`
  const quote =
    said === ''
      ? ''
      : `<br><span class="soft" style="color:${SOFT}">${escaped(words.words)}:</span> ${escaped(said)}`
  return `<tr><td class="pad" style="padding:10px 36px 0">${TABLE} class="note"><tr><td class="ink" style="padding:12px 16px;background:#f3f6f9;border-left:3px solid ${ACCENT};${line};word-break:break-word"><strong>${first}</strong>${others.map((part) => `<br>${part}`).join('')}${quote}<br><span class="soft" style="color:${SOFT}">${escaped(words.next)}:</span> <span style="font-family:Consolas,Menlo,monospace;font-size:13px">${escaped(cure)}</span></td></tr></table></td></tr>`
}

function filled(text: string, holes: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
