/**
 * What kind of limit a server's refusal speaks of:
 * - `connections`: too many at once; fewer connections cure it
 * - `rate`: too much in a short time; minutes cure it
 * - `day`: the account's quota; it comes back as the oldest messages grow a day old
 */
export type QuotaKind = 'connections' | 'rate' | 'day'

/** Exchange Online says 432 4.3.2, Postfix `421 … too many connections`, Gmail `421 4.7.0 Too many concurrent …`. */
const CONNECTIONS =
  /^432\b|^4\d\d .*(?:too many (?:\w+ )?(?:\w+ )?(?:connections|sessions)|(?:connections?|sessions?) (?:count |number )?limit|concurrent (?:\w+ )?(?:connections|sessions))/i

/** Amazon SES 454, Workspace relay `450 4.2.1 Peak SMTP relay limit`, Postfix anvil `450 4.7.1 … too much mail`. */
const RATE =
  /^454\b|^4\d\d 4\.2\.1\b|^4\d\d 4\.5\.3\b|^4\d\d .*(?:throttl|peak|\brate\b|too much mail|too many (?:messages|recipients))/i

const DAY = /\bdaily\b|\bper day\b|\b24[ -]?h/i

/**
 * @param reply a refusal with its codes in front
 */
export function quotaKind(reply: string): QuotaKind {
  if (CONNECTIONS.test(reply)) return 'connections'
  return RATE.test(reply) && !DAY.test(reply) ? 'rate' : 'day'
}

/** Whether the server minds only the number of connections at once. */
export function isConnectionLimit(reply: string): boolean {
  return CONNECTIONS.test(reply)
}
