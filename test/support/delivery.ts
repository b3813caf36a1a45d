/** One message, one server, one session: what the tests of a channel have in common. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { DeliverResult, DotMark, OutgoingMessage, Session } from '../../src/core/channels/channel.ts'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { AttemptOutcome } from '../../src/core/model/delivery.ts'
import { smtpProfile } from './profiles.ts'
import { rawSmtp, type RawSmtp, type RawSmtpOptions, type Script } from './raw-smtp.ts'

/** Deadlines for servers that hang on purpose. */
export const TINY = { connect: 500, greeting: 400, command: 400, dataInit: 400, dot: 400 }
export const LINES = 'Subject: prueba\r\n\r\nhola\r\n.punto\r\n..dos\r\n'

/** A small message; every part can be changed. */
export function message(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const chunks = changes.chunks ?? [Buffer.from(LINES)]
  return {
    ...{ from: 'ventas@emisor.example', recipients: ['uno@cliente.example'], chunks, transferMs: 2_000 },
    bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    ...changes,
  }
}

/** A store that has nothing against the dot. */
export const mark: DotMark = () => Promise.resolve()

/** A session with the server, without a user. It is closed when the test ends. */
export async function opened(
  t: TestContext,
  server: { readonly port: number },
  deadlines: Partial<typeof TINY> = TINY,
): Promise<Session> {
  const result = await smtpChannel({ deadlines }).open(smtpProfile({ port: server.port }), '')
  assert.ok(result.ok, JSON.stringify(result))
  t.after(() => result.session.close())
  return result.session
}

export interface Try {
  readonly server: RawSmtp
  readonly result: DeliverResult
  readonly outcomes: readonly AttemptOutcome[]
  readonly marked: readonly string[] | null
}

/** One message to a server that misbehaves as the script says. */
export async function attempt(
  t: TestContext,
  script: Script,
  more: { message?: OutgoingMessage; server?: RawSmtpOptions; deadlines?: Partial<typeof TINY> } = {},
): Promise<Try> {
  const server = await rawSmtp(t, { script, ...more.server })
  const session = await opened(t, server, more.deadlines)
  let marked: readonly string[] | null = null
  const result = await session.deliver(more.message ?? message(), async (accepted) => {
    marked = accepted
  })
  return { server, result, outcomes: result.recipients.map(({ outcome }) => outcome), marked }
}

/** To three recipients. */
export const THREE = message({
  recipients: ['uno@cliente.example', 'dos@cliente.example', 'tres@cliente.example'],
})
/** More than the operating systems' buffers hold, so that its dot cannot leave while the server does not read. */
export const BIG = message({ chunks: [Buffer.alloc(16_000_000, 'linea\r\n')] })
export const WITHOUT_PIPELINING = { extensions: ['8BITMIME'] }
