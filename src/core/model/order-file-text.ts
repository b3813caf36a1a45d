/** What an order file written by this program says. Never a password. */
export interface WrittenOrder {
  /** The identification in its name. */
  readonly id: string
  /** ISO 8601 UTC. */
  readonly createdAt: string
  /** '' for none. */
  readonly customer: string
  /** By which the message would have left here; null when there is no profile. */
  readonly profile: {
    readonly name: string
    readonly host: string
    readonly port: number
    readonly security: string
    readonly user: string
  } | null
  /** '' when it is not known. */
  readonly sender: string
  readonly recipients: readonly string[]
  readonly subject: string
  /** Text, or `HTML` and then HTML. */
  readonly body: string
  /** Paths, as the reader of the orders knows them. */
  readonly attachments: readonly string[]
}

/** The order file's text, in the shape of docs/orden-de-envio.xsd: UTF-8, line feeds. */
export function orderFileText(order: WrittenOrder): string {
  const { profile } = order
  const server =
    profile === null
      ? []
      : [
          element('Perfil', profile.name),
          `  <Servidor${attributes({ host: profile.host, puerto: String(profile.port), seguridad: profile.security, usuario: profile.user })}/>`,
        ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OrdenEnvio${attributes({ version: '1.0', id: order.id, creada: order.createdAt })}>`,
    ...(order.customer === '' ? [] : [`  <Cliente${attributes({ clave: order.customer })}/>`]),
    ...server,
    ...(order.sender === '' ? [] : [element('Remitente', order.sender)]),
    ...list('Destinatarios', 'Destinatario', order.recipients),
    element('Asunto', order.subject),
    element('Cuerpo', order.body),
    ...list('Adjuntos', 'Adjunto', order.attachments),
    '</OrdenEnvio>',
    '',
  ].join('\n')
}

function element(name: string, text: string): string {
  return `  <${name}>${escape(text)}</${name}>`
}

function list(name: string, item: string, values: readonly string[]): string[] {
  return [`  <${name}>`, ...values.map((value) => `  ${element(item, value)}`), `  </${name}>`]
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(value).replace(/[\t\n]/g, ' ')}"`)
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** What XML 1.0 cannot hold, not even as a reference, is left out. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu

function escape(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}
