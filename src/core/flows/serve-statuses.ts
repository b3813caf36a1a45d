import { CfdiMailError } from '../model/errors.ts'
import type { StatusesReadResult } from '../model/results/statuses.ts'
import { statusesIn } from '../model/whatsapp-status.ts'
import { defaultWhatsAppProfile, findWhatsAppProfile } from '../store/whatsapp-profiles.ts'
import { saveWebhookSecrets, webhookSecrets } from '../store/webhook-secrets.ts'
import { serveWebhook } from '../webhook/serve.ts'
import type { Ctx } from './ctx.ts'
import { refuseOtherChannel } from './profile-channel.ts'
import { takeStatuses } from './read-statuses.ts'

export interface ServeRequest {
  /** Profile whose secrets they are; the default one when not given. */
  readonly profile: string | null
  readonly host: string
  readonly port: number
  /** Two lines of standard input: the app secret, then the verify token. */
  readonly secrets: 'stdin' | 'references'
  readonly appSecret: string | undefined
  readonly verifyToken: string | undefined
  readonly keep: 'save' | 'use'
}

/**
 * Listens for Meta's statuses until a signal. What arrives is applied before Meta gets its 200, so that what could not be
 * written comes again.
 * @throws PROFILE_NOT_FOUND, PROFILE_OTHER_CHANNEL, NO_WHATSAPP_PROFILE, NO_WEBHOOK_SECRETS, CANNOT_LISTEN, and what the secrets say
 */
export async function* serveStatuses(ctx: Ctx, request: ServeRequest): AsyncGenerator<StatusesReadResult> {
  const secrets = await findSecrets(ctx, request)
  const done: StatusesReadResult[] = []
  let wake: () => void = () => undefined
  const take = async (body: string) => {
    const result = await takeStatuses(ctx, statusesIn(body))
    if (result.totals.read > 0) done.push(result)
    wake()
  }
  const { host, port } = request
  const server = await serveWebhook({ host, port, ...secrets, take }).catch((error: unknown) => {
    throw new CfdiMailError('CANNOT_LISTEN', { place: `${host}:${port}`, detail: wordsOf(error) })
  })
  ctx.tell({ notice: 'webhook', place: server.place })
  try {
    while (!ctx.signal.aborted) {
      const result = done.shift()
      if (result !== undefined) yield result
      else
        await new Promise<void>((resolve) => {
          wake = resolve
          ctx.signal.addEventListener('abort', () => resolve(), { once: true })
        })
    }
  } finally {
    await server.close()
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

interface WebhookSecrets {
  readonly appSecret: string
  readonly verifyToken: string
}

async function findSecrets(ctx: Ctx, request: ServeRequest): Promise<WebhookSecrets> {
  const { profile: wanted } = request
  const profile =
    wanted === null ? await defaultWhatsAppProfile(ctx.db) : await findWhatsAppProfile(ctx.db, wanted)
  if (profile === undefined && wanted !== null) {
    await refuseOtherChannel(ctx, wanted, 'whatsapp')
    throw new CfdiMailError('PROFILE_NOT_FOUND', { name: wanted })
  }
  if (profile === undefined) throw new CfdiMailError('NO_WHATSAPP_PROFILE')
  const { name } = profile
  const places = { appSecret: `profile:${name}:app-secret`, verifyToken: `profile:${name}:verify-token` }
  const typed = request.secrets === 'stdin' ? (await ctx.readStdin()).split(/\r?\n/) : []
  const saved = await webhookSecrets(ctx.db, name)
  const of = async (key: keyof WebhookSecrets, line: string | undefined) => {
    const stored = request[key] ?? saved[key]
    const clear = line ?? (await ctx.secrets.reveal(places[key], stored))
    if (clear === '') throw new CfdiMailError('NO_WEBHOOK_SECRETS', { name })
    return { clear, stored: line === undefined ? stored : ctx.secrets.seal(places[key], line) }
  }
  const app = await of('appSecret', typed[0])
  const verify = await of('verifyToken', typed[1])
  if (request.keep === 'save')
    await saveWebhookSecrets(ctx.db, name, { appSecret: app.stored, verifyToken: verify.stored })
  return { appSecret: app.clear, verifyToken: verify.clear }
}
