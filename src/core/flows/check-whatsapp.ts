import type { OutgoingMessage } from '../channels/channel.ts'
import { fieldNamed } from '../message/aliases.ts'
import { testPdf } from '../message/test-pdf.ts'
import { CfdiMailError } from '../model/errors.ts'
import { parsePhone } from '../model/phone.ts'
import { checkedProfileName } from '../model/profile-checks.ts'
import type { WhatsAppTestResult } from '../model/results/whatsapp.ts'
import { changesWhatsApp, type WhatsAppFields, whatsappProfileFrom } from '../model/whatsapp-fields.ts'
import type { StoredWhatsAppProfile, WhatsAppProfile } from '../model/whatsapp-profile.ts'
import { newId } from '../store/ids.ts'
import { markTested } from '../store/profiles.ts'
import {
  defaultWhatsAppProfile,
  findWhatsAppProfile,
  saveWhatsAppProfile,
} from '../store/whatsapp-profiles.ts'
import type { Ctx } from './ctx.ts'
import { refuseOtherChannel } from './profile-channel.ts'
import { secretPlace } from './profile-credential.ts'
import type { PasswordSource } from './profile-password.ts'

/** What to test, and what to do when it passes. */
export interface WhatsAppRequest extends Omit<WhatsAppFields, 'fields'> {
  /** A saved profile; without it the default one, unless a number is typed. */
  readonly name?: string | undefined
  readonly token?: PasswordSource | undefined
  /** Names or aliases of template fields, separated by commas. */
  readonly fields?: string | undefined
  /** Sends a real message to this number. */
  readonly to?: string | undefined
  readonly save?: string | undefined
  readonly makeDefault?: boolean | undefined
}

/**
 * Tests a saved WhatsApp profile or one that is typed, step by step, and saves it only when every step passed. A passed test
 * of a saved profile ends its hold.
 * @throws PROFILE_NOT_FOUND, PROFILE_OTHER_CHANNEL, NO_WHATSAPP_PROFILE, BAD_WHATSAPP_PROFILE, BAD_PHONE, NO_TOKEN, and what
 *   the secrets say
 */
export async function checkWhatsAppProfile(ctx: Ctx, request: WhatsAppRequest): Promise<WhatsAppTestResult> {
  const saveAs = request.save === undefined ? null : checkedProfileName(request.save)
  if (saveAs !== null) await refuseOtherChannel(ctx, saveAs, 'whatsapp')
  const saved = await savedProfile(ctx, request)
  const typed = typedFields(request)
  const profile = whatsappProfileFrom(saved, typed)
  const message = testDocument(ctx, profile, request.to)
  const token = await findToken(ctx, saved, request.token)
  const { ok, steps, cause } = await ctx.whatsapp.check(profile, token.clear, { message })
  const isAsSaved = request.token === undefined && !changesWhatsApp(typed)
  if (ok && saveAs !== null) await keep(ctx, { profile, token, name: saveAs, request })
  else if (ok && saved !== undefined && isAsSaved)
    await markTested(ctx.db, saved.name, ctx.now().toISOString())
  return {
    ...{ kind: 'whatsapp-test', ok, phoneId: profile.phoneId, baseUrl: profile.baseUrl, steps, cause },
    ...{ remedy: null, saved: ok ? saveAs : null },
  }
}

function typedFields({ fields, ...request }: WhatsAppRequest): WhatsAppFields {
  return { ...request, fields: fields === undefined ? undefined : fieldList(fields) }
}

async function savedProfile(
  ctx: Ctx,
  { name, phoneId }: WhatsAppRequest,
): Promise<StoredWhatsAppProfile | undefined> {
  if (name !== undefined) {
    const profile = await findWhatsAppProfile(ctx.db, name)
    if (profile !== undefined) return profile
    await refuseOtherChannel(ctx, name, 'whatsapp')
    throw new CfdiMailError('PROFILE_NOT_FOUND', {
      name,
      ...(phoneId === undefined ? {} : { variant: 'new' }),
    })
  }
  if (phoneId !== undefined) return undefined
  const profile = await defaultWhatsAppProfile(ctx.db)
  if (profile === undefined) throw new CfdiMailError('NO_WHATSAPP_PROFILE')
  return profile
}

function fieldList(text: string): string[] {
  const names = text.split(',').filter((name) => name.trim() !== '')
  return names.map((name) => {
    const field = fieldNamed(name)
    if (field === undefined)
      throw new CfdiMailError('BAD_WHATSAPP_PROFILE', {
        flag: 'fields',
        value: name.trim(),
        variant: 'fields',
      })
    return field
  })
}

function phone(text: string): string {
  const read = parsePhone(text)
  if (!read.ok) throw new CfdiMailError('BAD_PHONE', { flag: 'to', value: text, problem: read.problem })
  return read.number
}

interface Token {
  readonly clear: string
  /** As the profile keeps it; null is sealed when the profile is saved. */
  readonly stored: string | null
}

async function findToken(
  ctx: Ctx,
  saved: StoredWhatsAppProfile | undefined,
  source: PasswordSource | undefined,
): Promise<Token> {
  if (source === 'stdin') {
    const clear = (await ctx.readStdin()).trim()
    if (clear === '') throw new CfdiMailError('NO_TOKEN', { variant: 'empty' })
    return { clear, stored: null }
  }
  const place = secretPlace(saved?.name ?? '')
  if (source !== undefined)
    return { clear: await ctx.secrets.reveal(place, source.reference), stored: source.reference }
  if (saved !== undefined && saved.secret !== '') {
    const clear = await ctx.secrets.reveal(place, saved.secret)
    return { clear, stored: saved.secret.startsWith('v1.') ? null : saved.secret }
  }
  if (ctx.ask === null) throw new CfdiMailError('NO_TOKEN')
  return { clear: (await ctx.ask.secret('whatsapp-token')).trim(), stored: null }
}

/** A page that says that it is a test, with each parameter's own name as its text. */
function testDocument(ctx: Ctx, { fields }: WhatsAppProfile, to: string | undefined): OutgoingMessage | null {
  if (to === undefined) return null
  const pdf = testPdf()
  return {
    ...{ from: '', recipients: [phone(to)], chunks: [pdf], bytes: pdf.length, transferMs: 60_000 },
    template: {
      filename: 'prueba-cfdi-mail.pdf',
      parameters: fields,
      reference: newId(ctx.now()),
      media: { recall: async () => null, keep: async () => undefined },
    },
  }
}

interface Passed {
  readonly profile: WhatsAppProfile
  readonly token: Token
  readonly name: string
  readonly request: WhatsAppRequest
}

async function keep(ctx: Ctx, { profile, token, name, request }: Passed): Promise<void> {
  const at = ctx.now().toISOString()
  const secret = token.stored ?? ctx.secrets.seal(secretPlace(name), token.clear)
  const isDefault = request.makeDefault ?? false
  await saveWhatsAppProfile(ctx.db, { ...profile, name, secret, isDefault, hold: null, testedAt: at }, at)
}
