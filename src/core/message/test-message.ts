import { assembleMessage } from './assemble.ts'
import { composeMessage } from './compose.ts'

export interface TestMessageInput {
  /** Unique, without angle brackets. */
  readonly messageId: string
  /** ISO 8601 UTC. */
  readonly date: string
  readonly sender: { readonly address: string; readonly name: string }
  readonly to: string
  /** Where it was sent through. */
  readonly server: string
}

/** The mail of `smtp-test --to`, in both languages: whoever reads it need not be who sent it. */
export function testMessage({ messageId, date, sender, to, server }: TestMessageInput): readonly Buffer[] {
  const text = [
    'Este es un mensaje de prueba de cfdi-mail. Si lo recibió, la configuración de correo funciona.',
    `Servidor: ${server}`,
    '',
    'This is a test message from cfdi-mail. If you received it, the mail configuration works.',
    `Server: ${server}`,
    '',
  ].join('\r\n')
  const sealed = composeMessage({
    ...{ messageId, date, seed: messageId, sender, replyTo: null, to: [to] },
    ...{ subject: 'Prueba de correo / Mail test', text, html: null, attachments: [] },
  })
  return assembleMessage(sealed, []).chunks
}
