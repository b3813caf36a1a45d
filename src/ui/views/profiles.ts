import type { ResultOf } from '../../core/model/result.ts'
import type { ProfileView } from '../../core/model/results/profiles.ts'
import { causeOfHold } from '../../core/model/profile.ts'
import { codeWords } from './event-reader.ts'
import { holdCure, holdReason } from './hold-cure.ts'
import { localTime } from './local-time.ts'
import { stripControls } from './plain.ts'
import { sizeOf } from './size.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `profiles list`. */
export const profilesView: View<ResultOf<'profiles'>> = ({ profiles, whatsapp }, context) => {
  const { t } = context
  if (profiles.length + whatsapp.length === 0) return t('profiles.none')
  const columns = [
    { title: t('profiles.name') },
    { title: t('profiles.server'), flexible: true },
    { title: t('profiles.from'), flexible: true },
    { title: t('profiles.state'), flexible: true },
  ] as const
  const named = ({ name, isDefault }: Pick<ProfileView, 'name' | 'isDefault'>) =>
    isDefault ? t('profiles.default', { name }) : name
  const rows = [
    ...profiles.map((profile) => [
      named(profile),
      `${profile.host}:${profile.port}`,
      profile.from,
      stateOf(profile, context),
    ]),
    ...whatsapp.map((profile) => [named(profile), 'WhatsApp', profile.phoneId, stateOf(profile, context)]),
  ]
  return table(columns, rows, context.width)
}

/** `profiles show`. */
export const profileView: View<ResultOf<'profile'>> = ({ profile }, context) => {
  const { t, paint } = context
  const { name, host, port, security, user, from, fromName, replyTo, modules } = profile
  const { connections, messagesPerConnection: messages, pin, caFile, testedAt } = profile
  const lines: readonly (readonly [string, string])[] = [
    [t('profiles.server'), `${host}:${port}`],
    [t('profiles.security'), t(`security.${security}`)],
    [t('profiles.user'), user],
    ...signInLines(profile, context),
    [t('profiles.from'), fromName === '' ? from : `${fromName} <${from}>`],
    [t('profiles.reply-to'), replyTo],
    [t('profiles.modules'), modules.map((module) => t(`module.${module}`)).join(', ')],
    [t('profiles.connections'), t('profiles.connections.value', { connections, messages })],
    [t('profiles.provider'), codeWords(['provider'], profile.provider, t) ?? profile.provider],
    [t('profiles.limits'), ratesText(profile, context)],
    [t('profiles.each'), eachText(profile, context)],
    [t('profiles.unknown'), unknownText(profile, context)],
    [t('profiles.bounces-to'), profile.bouncesTo],
    [t('profiles.pin'), pin],
    [t('profiles.ca-file'), caFile],
    [t('profiles.tested'), testedAt === null ? t('profiles.never') : localTime(testedAt, context.language)],
    [t('profiles.state'), stateOf(profile, context)],
  ]
  return [
    paint('bold', profile.isDefault ? t('profiles.default', { name }) : name),
    ...factLines(lines),
    ...holdLines(profile, context),
  ].join('\n')
}

/** Labels in a column, their values in another; what has no value is left out. */
export function factLines(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([label]) => label.length)) + 2
  const shown = lines.filter(([, value]) => value !== '')
  return shown.map(([label, value]) => label.padEnd(width) + stripControls(value))
}

/** Messages a minute and recipients a day. */
export function ratesText(
  { perMinute, perDay }: Pick<ProfileView, 'perMinute' | 'perDay'>,
  { t }: ViewContext,
): string {
  return [
    ...(perMinute === null ? [] : [t('profiles.per-minute', { count: perMinute })]),
    ...(perDay === null ? [] : [t('profiles.per-day', { count: perDay })]),
  ].join('; ')
}

function eachText({ maxRecipients, maxBytes }: ProfileView, { t }: ViewContext): string {
  return [
    t('profiles.max-recipients', { count: maxRecipients }),
    ...(maxBytes === null ? [] : [t('profiles.max-bytes', { size: sizeOf(maxBytes) })]),
  ].join('; ')
}

/** What becomes of an unknown outcome. */
export function unknownText(
  { onUnknown, resendAfterHours }: Pick<ProfileView, 'onUnknown' | 'resendAfterHours'>,
  { t }: ViewContext,
): string {
  return t(`profiles.unknown.${onUnknown}`, { hours: resendAfterHours ?? 0 })
}

function signInLines({ password, oauth }: ProfileView, { t, language }: ViewContext) {
  if (oauth === null) return [[t('profiles.password'), t(`password.${password}`)]] as const
  const { provider, grant, clientId, tenant, scope, tokenUrl, consentedAt } = oauth
  return [
    [
      t('profiles.sign-in'),
      t('profiles.sign-in.oauth', { provider: t(`authority.${provider}`), grant: t(`grant.${grant}`) }),
    ],
    [t('profiles.client-id'), clientId],
    [t('profiles.tenant'), tenant],
    [t('profiles.scope'), scope],
    [t('profiles.token-url'), tokenUrl],
    [t('profiles.consented'), consentedAt === null ? '' : localTime(consentedAt, language)],
  ] as const
}

/** Ready, or on hold and why. */
export function stateOf({ hold }: Pick<ProfileView, 'hold'>, context: ViewContext): string {
  const { t, language } = context
  if (hold === null) return t('profiles.ready')
  const state =
    hold.until === null
      ? t('profiles.held')
      : t('profiles.held-until', { until: localTime(hold.until, language) })
  return `${state}: ${holdReason(hold.reason, context)}`
}

/** What ends a hold that no time ends. */
export function holdLines(
  { name, hold }: Pick<ProfileView, 'name' | 'hold'>,
  context: ViewContext,
): string[] {
  if (hold === null || hold.until !== null) return []
  const cure = holdCure({ name, cause: causeOfHold(hold.reason) }, context)
  return [context.t('sent.profile-person', { cure })]
}
