import type { AddressInfo } from 'node:net'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A message that arrived at the trap. */
export interface TrappedMessage {
  readonly messageId: string
  readonly to: readonly string[]
  readonly file: string
}

export interface MailTrap {
  readonly port: number
  readonly messages: readonly TrappedMessage[]
  close(): Promise<void>
}

/**
 * A mail server of our own on the loopback address: takes every message and keeps it as a file. For the demonstration only;
 * it can be reached from this machine alone and passes nothing on.
 * @param folder where the `.eml` files go
 */
export async function startMailTrap(folder: string): Promise<MailTrap> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const messages: TrappedMessage[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      buffer(stream).then((bytes) => {
        const file = join(folder, `${String(messages.length + 1).padStart(2, '0')}.eml`)
        writeFileSync(file, bytes, { mode: 0o600 })
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(bytes.toString('latin1'))?.[1] ?? ''
        messages.push({ messageId, to: session.envelope.rcptTo.map(({ address }) => address), file })
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    messages,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
