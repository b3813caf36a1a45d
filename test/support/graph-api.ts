/**
 * Meta's Cloud API on 127.0.0.1, as far as it is documented: it refuses what Meta refuses, with Meta's error JSON, and keeps
 * what it took. A script can make it refuse, drop the connection or hang at a place of its own choosing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { buffer } from 'node:stream/consumers'

export interface GraphTemplate {
  readonly name: string
  readonly language: string
  readonly status?: 'APPROVED' | 'PENDING' | 'PAUSED'
  readonly parameters: number
  readonly header?: 'DOCUMENT' | 'TEXT'
}

export interface GraphError {
  readonly code: number
  readonly message?: string
  readonly details?: string
  readonly subcode?: number
  /** HTTP status; 400 when not given. */
  readonly status?: number
}

/** Where a connection is cut or left hanging: before the body was read, after it, or when the message is taken already. */
export type GraphCut = 'drop-before-body' | 'drop-after-body' | 'drop-before-answer' | 'hang'

/** What one request is met with instead of the rules: an error, a cut, or raw words. */
export type GraphTurn = GraphError | GraphCut | { readonly raw: string; readonly status: number } | undefined

export interface GraphOptions {
  readonly token?: string
  readonly phoneId?: string
  readonly accountId?: string
  readonly templates?: readonly GraphTemplate[]
  /** Numbers without WhatsApp, digits: refused at once with 131026. */
  readonly unknown?: readonly string[]
  /** Milliseconds between two messages to one number, by `now`; none when left out. */
  readonly pair?: { readonly ms: number; readonly now: () => number }
  /** Told each request: `media`, `messages`, …, and its number of that sort, from 1. */
  readonly onRequest?: (what: string, turn: number) => GraphTurn
}

export interface GraphMessage {
  readonly to: string
  readonly reference: string
  readonly template: string
  readonly language: string
  readonly parameters: readonly string[]
  readonly media: string
  readonly filename: string
  readonly wamid: string
}

export interface GraphApi {
  readonly url: string
  readonly messages: GraphMessage[]
  /** Uploaded files by id. */
  readonly media: Map<string, { readonly type: string; readonly name: string; readonly bytes: Buffer }>
  /** Sorts of requests in order. */
  readonly requests: string[]
  /** Forgets the uploaded files, as Meta does after 30 days. */
  expireMedia(): void
}

export const GRAPH = {
  token: 'EAAG-token-de-prueba-0123456789',
  phoneId: '106540352242922',
  accountId: '102290129340398',
  template: 'comprobantes',
} as const

const DOCUMENT_TYPES = ['application/pdf', 'text/plain', 'application/msword']

/** Starts the server; it goes when the test ends. */
export async function graphApi(t: TestContext, options: GraphOptions = {}): Promise<GraphApi> {
  const house = new House(options)
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => void house.answer(request, response))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    ...{ messages: house.messages, media: house.media, requests: house.requests },
    expireMedia: () => house.media.clear(),
  }
}

class Refused extends Error {
  readonly error: GraphError
  constructor(error: GraphError) {
    super(error.message)
    this.error = error
  }
}

class House {
  readonly messages: GraphMessage[] = []
  readonly media = new Map<string, { type: string; name: string; bytes: Buffer }>()
  readonly requests: string[] = []
  readonly #options: Required<Pick<GraphOptions, 'token' | 'phoneId' | 'accountId'>> & GraphOptions
  readonly #last = new Map<string, number>()

  constructor(options: GraphOptions) {
    this.#options = { token: GRAPH.token, phoneId: GRAPH.phoneId, accountId: GRAPH.accountId, ...options }
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', 'http://x').pathname.split('/')
    const what = path[3] ?? path[2] ?? ''
    this.requests.push(what)
    const turn = this.#options.onRequest?.(what, this.requests.filter((each) => each === what).length)
    if (turn === 'drop-before-body') return void request.socket.destroy()
    const body = await buffer(request)
    if (turn === undefined) this.#obey(response, () => this.#take(request, path, body))
    else if (typeof turn === 'object') speak(response, turn)
    else if (turn !== 'hang') {
      if (turn === 'drop-before-answer') this.#take(request, path, body)
      request.socket.destroy()
    }
  }

  #obey(response: ServerResponse, rules: () => unknown): void {
    try {
      json(response, 200, rules())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      speak(response, error.error)
    }
  }

  #take(request: IncomingMessage, path: readonly string[], body: Buffer): unknown {
    const { token, phoneId, accountId } = this.#options
    if (request.headers.authorization !== `Bearer ${token}`)
      throw new Refused({ code: 190, status: 401, message: 'Invalid OAuth access token.' })
    if (!/^v\d+\.\d$/.test(path[1] ?? ''))
      throw new Refused({ code: 2500, message: 'Unknown path components' })
    const [, , node, edge] = path
    if (node === 'me') return { id: '122100000000000001', name: 'master' }
    if (node === accountId && edge === 'message_templates') return this.#templates()
    this.#checkNode(node, edge)
    if (edge === 'media') return this.#upload(request, body)
    if (edge === 'messages') return this.#send(JSON.parse(body.toString('utf8')) as SentBody)
    return {
      id: phoneId,
      display_phone_number: '+52 55 5000 0000',
      verified_name: 'Emisor',
      quality_rating: 'GREEN',
    }
  }

  /** The number has no templates and the account is no number; what is neither does not exist. */
  #checkNode(node: string | undefined, edge: string | undefined): void {
    const { phoneId, accountId } = this.#options
    const kind = new Map([
      [phoneId, 'WhatsAppBusinessPhoneNumber'],
      [accountId, 'WhatsAppBusinessAccount'],
    ]).get(node ?? '')
    if (node === phoneId && edge !== 'message_templates') return
    throw new Refused(
      kind === undefined
        ? { code: 100, subcode: 33, message: `Unsupported request. Object '${node}' does not exist` }
        : { code: 100, message: `(#100) Tried accessing nonexisting field on node type (${kind})` },
    )
  }

  #templates(): unknown {
    const data = (this.#options.templates ?? [ONE_TEMPLATE]).map((each) => ({
      ...{ name: each.name, language: each.language, status: each.status ?? 'APPROVED' },
      components: [
        { type: 'HEADER', format: each.header ?? 'DOCUMENT' },
        { type: 'BODY', text: Array.from({ length: each.parameters }, (_, i) => `{{${i + 1}}}`).join(' ') },
      ],
    }))
    return { data }
  }

  #upload(request: IncomingMessage, body: Buffer): unknown {
    const parts = formParts(request, body)
    const file = parts.get('file')
    if (parts.get('messaging_product')?.bytes.toString() !== 'whatsapp')
      throw new Refused({ code: 100, message: '(#100) The parameter messaging_product is required.' })
    if (file === undefined || !DOCUMENT_TYPES.includes(file.type))
      throw new Refused({
        code: 100,
        message: `(#100) Param file must be a file with one of the following types`,
      })
    const id = String(1_000_000 + this.requests.length)
    this.media.set(id, file)
    return { id }
  }

  #send(message: SentBody): unknown {
    const { to } = message
    const { media, filename, parameters } = this.#filled(message)
    if (this.#options.unknown?.includes(to) === true)
      throw new Refused({ code: 131026, message: '(#131026) Message undeliverable' })
    this.#mindPair(to)
    const wamid = `wamid.${this.messages.length + 1}.${message.biz_opaque_callback_data}`
    const { name: template, language } = message.template
    this.messages.push({
      ...{ to, wamid, reference: message.biz_opaque_callback_data, template },
      ...{ language: language.code, parameters, media, filename },
    })
    const contacts = [{ input: to, wa_id: to.replace(/^52(?!1)/, '521') }]
    return { messaging_product: 'whatsapp', contacts, messages: [{ id: wamid, message_status: 'accepted' }] }
  }

  /** What the message puts into the template, which has to fit. */
  #filled({ to, template }: SentBody) {
    const known = this.#approved(template)
    if (!/^\d{8,15}$/.test(to))
      throw new Refused({ code: 131009, message: '(#131009) Parameter value is not valid' })
    if (known === undefined)
      throw new Refused({ code: 132001, message: '(#132001) Template name does not exist' })
    if (known.status === 'PAUSED')
      throw new Refused({ code: 132015, message: '(#132015) Template is paused' })
    const parameters = partOf(template, 'body').map(({ text = '' }) => text)
    if (parameters.length !== known.parameters)
      throw new Refused({ code: 132000, message: '(#132000) Number of parameters does not match' })
    const { id: media = '', filename = '' } = partOf(template, 'header')[0]?.document ?? {}
    if (!this.media.has(media)) throw new Refused({ code: 131053, message: '(#131053) Media upload error' })
    return { media, filename, parameters }
  }

  #approved(template: SentBody['template']): GraphTemplate {
    const known = (this.#options.templates ?? [ONE_TEMPLATE]).find(
      ({ name, language }) => name === template.name && language === template.language.code,
    )
    if (known === undefined)
      throw new Refused({ code: 132001, message: '(#132001) Template name does not exist' })
    if (known.status === 'PAUSED')
      throw new Refused({ code: 132015, message: '(#132015) Template is paused' })
    return known
  }

  #mindPair(to: string): void {
    const { pair } = this.#options
    if (pair === undefined) return
    const last = this.#last.get(to)
    if (last !== undefined && pair.now() - last < pair.ms)
      throw new Refused({
        code: 131056,
        message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
      })
    this.#last.set(to, pair.now())
  }
}

const ONE_TEMPLATE: GraphTemplate = { name: GRAPH.template, language: 'es_MX', parameters: 2 }

function partOf({ components }: SentBody['template'], part: string) {
  return components.find(({ type }) => type === part)?.parameters ?? []
}

interface SentBody {
  readonly to: string
  readonly biz_opaque_callback_data: string
  readonly template: {
    readonly name: string
    readonly language: { readonly code: string }
    readonly components: readonly {
      readonly type: string
      readonly parameters: readonly {
        readonly text?: string
        readonly document?: { readonly id: string; readonly filename: string }
      }[]
    }[]
  }
}

function speak(response: ServerResponse, turn: Extract<GraphTurn, object>): void {
  if ('raw' in turn) response.writeHead(turn.status).end(turn.raw)
  else json(response, turn.status ?? 400, errorJson(turn))
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function errorJson({ code, message = `(#${code}) error`, details = '', subcode }: GraphError): unknown {
  const error_data = { messaging_product: 'whatsapp', details }
  return {
    error: { message, type: 'OAuthException', code, error_subcode: subcode, error_data, fbtrace_id: 'A1' },
  }
}

/** The parts of a multipart form (RFC 7578), which the tests' own client writes in one way only. */
function formParts(request: IncomingMessage, body: Buffer) {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''
  const parts = new Map<string, { type: string; name: string; bytes: Buffer }>()
  for (const piece of body.toString('latin1').split(`--${boundary}`)) {
    const end = piece.indexOf('\r\n\r\n')
    const said = (pattern: RegExp) => pattern.exec(piece.slice(0, end))?.[1] ?? ''
    const name = said(/ name="([^"]+)"/)
    if (name === '') continue
    parts.set(name, {
      type: said(/content-type: *(\S+)/i),
      name: Buffer.from(said(/filename="([^"]+)"/), 'latin1').toString('utf8'),
      bytes: Buffer.from(piece.slice(end + 4, -2), 'latin1'),
    })
  }
  return parts
}
