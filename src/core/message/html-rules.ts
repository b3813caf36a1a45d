import { DOCUMENT_FIELDS } from './document-fields.ts'
import { MESSAGE_FIELDS } from './message-fields.ts'
import type { HtmlEvent } from './html-state.ts'
import type { Finding } from './template-ast.ts'

/** A field inside an attribute's value: one that is a URL, or any other. Private-use characters stand in no template. */
const URL_FIELD = '\ue000'
const OTHER_FIELD = '\ue001'

const URL_NAMES: readonly string[] = [...DOCUMENT_FIELDS, ...MESSAGE_FIELDS]
  .filter((field) => field.type === 'url')
  .map((field) => field.name)

const URL_ATTRIBUTES: readonly string[] = [
  'href',
  'src',
  'srcset',
  'action',
  'formaction',
  'background',
  'poster',
  'cite',
  'data',
  'ping',
  'xlink:href',
]

/** Elements that run code, load another page or change where links lead. No mail program shows them. */
const FORBIDDEN: readonly string[] = [
  'script',
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'base',
  'link',
  'svg',
  'math',
]

const SAFE_URL = /^(?:https?:\/\/|mailto:|tel:|cid:|#|data:image\/(?:png|gif|jpeg);)/i
/** The fixed beginning of a URL that goes on with a field: scheme and host are the template's, never the data's. */
const SAFE_BEGINNING = /^(?:https?:\/\/[^/?#\s]+[/?#]|mailto:|tel:)/i
const REMOTE = /^\s*(?:https?:)?\/\//i

/** The stand-in for a field inside an attribute's value, by the field's name as it is written. */
export function markOf(path: string): string {
  return URL_NAMES.includes(path.slice(path.lastIndexOf('/') + 1)) ? URL_FIELD : OTHER_FIELD
}

/** Whether the attribute holds a URL. */
export function holdsUrl(attribute: string): boolean {
  return URL_ATTRIBUTES.includes(attribute)
}

/** What is wrong with a tag or an attribute, or null. */
export type Judgement = Pick<Finding, 'level' | 'code' | 'found'> | null

/** Judges one tag or attribute as the template has it; fields in a value are the marks of `markOf`. */
export function judge(event: HtmlEvent): Judgement {
  if (event.kind === 'element') {
    return FORBIDDEN.includes(event.tag) ? { level: 'error', code: 'script', found: `<${event.tag}>` } : null
  }
  if (event.attribute.startsWith('on')) return { level: 'error', code: 'script', found: event.attribute }
  if (event.tag === 'meta' && event.attribute === 'http-equiv' && /refresh/i.test(event.value)) {
    return { level: 'error', code: 'script', found: 'http-equiv="refresh"' }
  }
  if (URL_ATTRIBUTES.includes(event.attribute)) return judgeUrl(event.tag, event.attribute, event.value)
  return event.attribute === 'style' && /url\(\s*['"]?\s*(?:https?:)?\/\//i.test(event.value)
    ? remote('style')
    : null
}

function judgeUrl(tag: string, attribute: string, raw: string): Judgement {
  const value = decoded(raw).trim()
  if (value === URL_FIELD) return null
  if (tag === 'img' || attribute === 'background') {
    if (REMOTE.test(value) && !value.includes(URL_FIELD)) return remote(`${attribute}="${visible(value)}"`)
  }
  const begin = value.split(/[\ue000\ue001]/)[0] ?? ''
  const good =
    begin === value ? SAFE_URL.test(value) : SAFE_BEGINNING.test(begin) && !value.includes(URL_FIELD)
  return good ? null : { level: 'error', code: 'bad-url', found: `${attribute}="${visible(value)}"` }
}

function remote(found: string): Judgement {
  return { level: 'warning', code: 'remote-image', found }
}

/** Character references and the control characters that browsers skip inside a scheme: `java&#115;cript:`. */
function decoded(value: string): string {
  return (
    value
      .replace(/&#x([0-9a-f]+);?/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
      .replace(/&#(\d+);?/g, (_, digits: string) => character(Number(digits)))
      .replace(/&(?:tab|newline);/gi, '')
      .replace(/&colon;/gi, ':')
      // eslint-disable-next-line no-control-regex -- they are what is taken out
      .replace(/[\u0000-\u001f]/g, '')
  )
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function visible(value: string): string {
  return value.replace(/[\ue000\ue001]/g, '{{…}}').slice(0, 80)
}
