import type { Reader, T } from './event-reader.ts'

/** `oficina: {"perMinute":30,…}`: what a profile may send now, as `profiles show` says it. */
export const changedLimits: Reader = (detail, t) => {
  const { name = '', json } = /^(?<name>[^{]*): (?<json>\{.*\})$/.exec(detail)?.groups ?? {}
  const limits = json === undefined ? null : parsed(json)
  return limits === null ? null : `${name}: ${words(limits, t).join('; ')}`
}

type Limits = Readonly<Record<string, unknown>>

function parsed(json: string): Limits | null {
  try {
    return JSON.parse(json) as Limits
  } catch {
    return null
  }
}

function words({ perMinute, perDay, ...limits }: Limits, t: T): string[] {
  const { maxRecipients, maxBytes, connections, onUnknown, bouncesTo } = limits
  const counted = [
    ['profiles.per-minute', perMinute],
    ['profiles.per-day', perDay],
    ['detail.limits.recipients', maxRecipients],
    ['detail.limits.bytes', maxBytes],
    ['detail.limits.connections', connections],
  ] as const
  return [
    ...counted.flatMap(([key, count]) => (typeof count === 'number' ? [t(key, { count })] : [])),
    ...(onUnknown === 'hold' || onUnknown === 'resend-after' ? [t(`detail.limits.${onUnknown}`)] : []),
    ...(typeof bouncesTo === 'string' && bouncesTo !== ''
      ? [`${t('profiles.bounces-to')} ${bouncesTo}`]
      : []),
  ]
}
