import { PASSWORD_MASK } from '../model/portal.ts'
import type { RenderedMail } from './render.ts'

/** The mask as a quoted-printable body may hold it: a soft line break can stand between any two of its signs. */
const MASK = new RegExp(
  Array.from(PASSWORD_MASK, (sign) => sign.replace(/[[\]-]/, '\\$&')).join('((?:=\r\n)?)'),
  'g',
)

/** How the mask can begin in such a body. Most heads do not have even that, and a pattern takes ten times as long to say so. */
const BEGINNINGS = [PASSWORD_MASK.slice(0, 2), `${PASSWORD_MASK.slice(0, 1)}=`]

/** Whether a mail says a password. */
export function saysPassword({ text, html }: Pick<RenderedMail, 'text' | 'html'>): boolean {
  return text.includes(PASSWORD_MASK) || (html ?? '').includes(PASSWORD_MASK)
}

/** Whether the head of a sealed message (its text parts, quoted-printable) has the mask. */
export function headHasMask(head: string): boolean {
  return BEGINNINGS.some((beginning) => head.includes(beginning)) && head.search(MASK) !== -1
}

/**
 * A message's first piece with the password in the place of the mask, line breaks where they were: as many bytes as before, and
 * the same ones for the same password.
 */
export function unmasked(head: Buffer, password: string): Buffer {
  if (password.length !== PASSWORD_MASK.length) throw new RangeError('a password of another length')
  const text = head.toString('latin1').replace(MASK, (_found, ...groups: readonly unknown[]) => {
    const breaks = groups.slice(0, PASSWORD_MASK.length - 1).map(String)
    return Array.from(password, (sign, i) => `${sign}${breaks[i] ?? ''}`).join('')
  })
  return Buffer.from(text, 'latin1')
}

/** The mail with other words where it said the password: for a repetition, when that is no longer kept. */
export function withoutPassword(mail: RenderedMail, instead: string): RenderedMail {
  return {
    ...mail,
    text: mail.text.replaceAll(PASSWORD_MASK, () => instead),
    html: mail.html?.replaceAll(PASSWORD_MASK, () => escaped(instead)) ?? null,
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
