import { codeWords, type Reader, type T } from './event-reader.ts'

/** Details of the log that name a reason by its code, in words. A narrow table cuts, so the words come before the file. */

const DOCUMENT = ['reason']
/** An order file has reasons of its own, and those of what it carries. */
const ORDER_FILE = ['order-reason', 'reason']

/** `/erp/a.xml: malformed: line 3`: a document that cannot leave. */
export const rejectedDocument: Reader = (detail, t) => refused(detail, DOCUMENT, t)

/** `_CFD_MAIL_REQ_1.XML: missing-attachment: a.pdf`: an order file that was not taken. */
export const refusedOrder: Reader = (detail, t) => refused(detail, ORDER_FILE, t)

/** The file's own name may have a colon in it: the first part behind it that is a code is the reason. */
function refused(detail: string, families: readonly string[], t: T): string | null {
  const parts = detail.split(': ')
  const words = parts.map((part, i) => (i === 0 ? null : codeWords(families, part, t)))
  const at = words.findIndex((each) => each !== null)
  if (at < 0) return null
  const file = parts.slice(0, at).join(': ')
  const rest = parts.slice(at + 1)
  return rest.length === 0 ? `${words[at]}: ${file}` : `${words[at]} (${withLastCode(rest, t)}): ${file}`
}

/** `a.pdf: unreadable`: what is wrong with one of its files is a code too. */
function withLastCode(parts: readonly string[], t: T): string {
  const last = parts.length < 2 ? null : codeWords(ORDER_FILE, parts.at(-1) ?? '', t)
  return last === null ? parts.join(': ') : [...parts.slice(0, -1), last].join(': ')
}

/** `folder-full: /mnt/erp`: a package that could not be written into its folder. */
export const notFiled: Reader = (detail, t) => {
  const [code = '', ...rest] = detail.split(': ')
  const words = codeWords(DOCUMENT, code, t)
  return words === null ? null : `${words} (${rest.join(': ')})`
}

/** `_CFD_MAIL_REQ_1.XML: sender: a@x.mx`: what an order file says and had no effect. */
export const ignoredPart: Reader = (detail, t) => {
  const {
    file,
    part = '',
    value,
  } = /^(?<file>.*?): (?<part>[a-z]+): (?<value>.*)$/.exec(detail)?.groups ?? {}
  const words = codeWords(['order-ignored'], part, t)
  return words === null ? null : `${value}: ${words} (${file})`
}

/** What became of packaged files once they were sent. */
export const tidiedFiles: Reader = (detail, t) => {
  const gone = /^(?<outcome>trashed|deleted|gone): (?<paths>.*)$/.exec(detail)?.groups
  if (gone !== undefined)
    return t(`detail.files.${gone['outcome'] as 'gone'}`, { paths: gone['paths'] ?? '' })
  const { why = '', rest } = /^kept (?<why>[a-z-]+): (?<rest>.*)$/.exec(detail)?.groups ?? {}
  const words = codeWords(['detail.kept'], why, t)
  return words === null ? null : `${words}: ${rest}`
}

/** `review: foreign-recipient`: why somebody has to look at a recipient of an order file. */
export const doubtedRecipient: Reader = (detail, t) => {
  const code = /^review: (?<code>[a-z-]+)$/.exec(detail)?.groups?.['code']
  return code === undefined ? null : codeWords(['order-doubt'], code, t)
}

/** A document of an order turned out to be in doubt. */
export const doubtedDocument: Reader = (detail, t) =>
  detail === 'uuid-conflict' ? t('reason.uuid-conflict') : null
