import type { Archive } from '../files/archive.ts'
import type { Zipper } from '../files/zipper.ts'
import { uniqueNames } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { type FilePassword, filePassword } from '../model/file-password.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { Ctx } from './ctx.ts'
import { ownFilePassword } from './own-file-password.ts'
import type { PreparedDocument } from './prepare-document.ts'

/** The password of an archive, and what of it may not be said. */
export type Lock = Extract<FilePassword, { readonly ok: true }>

/** The password of the parcel's archive; null when its type locks nothing. @throws NO_FILE_PASSWORD, KEY_NOT_FOUND */
export async function lockOf(
  ctx: Ctx,
  {
    customer,
    type: { passwordRule },
  }: { readonly customer: Customer; readonly type: Pick<PackagingType, 'passwordRule'> },
): Promise<Lock | null> {
  if (passwordRule === null) return null
  const own = passwordRule === 'own' ? await ownFilePassword(ctx, customer.code) : null
  const made = filePassword(passwordRule, customer, own)
  // Gone since the document was chosen: nothing leaves unlocked that was to be locked.
  if (!made.ok) throw new CfdiMailError('NO_FILE_PASSWORD', { code: customer.code, field: made.field })
  return made
}

/** All files of a parcel; no two have the same name. */
export function filesOf(documents: readonly PreparedDocument[]): readonly MessageAttachment[] {
  const all = documents.flatMap((document) => document.attachments)
  const names = uniqueNames(all.map(({ name }) => name))
  return all.map((attachment, i) => ({ ...attachment, name: names[i] ?? attachment.name }))
}

/** Begins the parcel's ZIP; null where it has none, or a locked one. A failure is met by who awaits it. */
export function beginArchive(
  { zip, passwordRule }: Pick<PackagingType, 'zip' | 'passwordRule'>,
  documents: readonly PreparedDocument[],
  { zipper, now }: { readonly zipper: Zipper; readonly now: Date },
): Promise<Archive> | null {
  if (!zip || passwordRule !== null || documents.length === 0) return null
  const archive = zipper.zip(filesOf(documents), now)
  archive.catch(() => undefined)
  return archive
}

/** The files in a ZIP that opens with the password. @throws BAD_ARCHIVE */
export async function lockedArchive(
  files: readonly MessageAttachment[],
  { password }: Lock,
  date: Date,
): Promise<Buffer> {
  // Loaded only now: most runs do without.
  return await (await import('../files/locked-archive.ts')).lockFiles(files, { date, password })
}

/** `C00001_2024-05-01_2024-05-31.zip`; one of several messages is numbered, or saving them would overwrite one another. */
export function archiveName(
  { customer, part }: { readonly customer: Pick<Customer, 'code'>; readonly part: number },
  issuedAt: readonly string[],
): string {
  const days = issuedAt.map((at) => at.slice(0, 10)).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const words = [
    customer.code,
    first,
    ...(first === last ? [] : [last]),
    ...(part === 0 ? [] : [String(part)]),
  ]
  return `${words.join('_').replace(/[^A-Za-z0-9_-]/g, '_')}.zip`
}
