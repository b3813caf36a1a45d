/** A byte-exact SMTP server on 127.0.0.1 that misbehaves as told. */
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** What the server does at one point of the dialogue: a reply, to which CRLF is added, or `DROP`, `FIN`, `HANG`. */
export type Act =
  | string
  | { readonly send: string; readonly then?: 'drop' | 'fin'; readonly afterMs?: number }
  | { readonly drip: string; readonly everyMs: number }

export type Point =
  'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot' | 'RSET' | 'QUIT'

/** Where it deviates. A list is used one by one, its last one for the rest. */
export type Script = Partial<Record<Point, Act | readonly Act[]>>

export interface RawSmtpOptions {
  readonly script?: Script
  readonly extensions?: readonly string[]
  /** Speaks TLS from the first byte. */
  readonly tls?: TlsOptions
}

export interface RawSmtp {
  readonly port: number
  /** Every command line, AUTH arguments included. */
  readonly commands: string[]
  /** Messages whose final dot arrived, dot-stuffing undone. */
  readonly bodies: string[]
  /** Messages the server took responsibility for, whether or not it could say so. */
  readonly accepted: () => number
  readonly connections: () => number
  /** Command lines of one verb. */
  readonly count: (verb: string) => number
  /** Resolves when the dialogue comes to that point for the first time, before the reply. */
  readonly reached: (point: Point) => Promise<void>
}

const DEFAULTS: Readonly<Record<Point, string>> = {
  greeting: '220 raw.test ESMTP',
  EHLO: '',
  STARTTLS: '502 5.5.1 no',
  AUTH: '235 2.7.0 ok',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go',
  body: '',
  dot: '250 2.0.0 ok: queued as RAW1',
  RSET: '250 2.0.0 ok',
  QUIT: '221 2.0.0 bye',
}

interface State {
  readonly script: Script
  readonly extensions: readonly string[]
  readonly commands: string[]
  readonly bodies: string[]
  readonly used: Map<Point, number>
  readonly waiting: Map<Point, () => void>
  accepted: number
  connections: number
}

/** Starts the server; it goes when the test ends. */
export async function rawSmtp(t: TestContext, options: RawSmtpOptions = {}): Promise<RawSmtp> {
  const state: State = {
    script: options.script ?? {},
    extensions: options.extensions ?? ['PIPELINING', 'SIZE 30000000', '8BITMIME', 'SMTPUTF8'],
    ...{ commands: [], bodies: [], used: new Map(), waiting: new Map(), accepted: 0, connections: 0 },
  }
  const sockets = new Set<Socket>()
  const onSocket = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    talk(socket, state)
  }
  const server: Server =
    options.tls === undefined ? createServer(onSocket) : createTlsServer({ ...options.tls }, onSocket)
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    commands: state.commands,
    bodies: state.bodies,
    accepted: () => state.accepted,
    connections: () => state.connections,
    reached: (point) =>
      new Promise((resolve) => {
        if (state.used.has(point)) resolve()
        else state.waiting.set(point, resolve)
      }),
    count: (verb) => state.commands.filter((line) => line.toUpperCase().startsWith(verb)).length,
  }
}

/** One connection: lines until DATA, then bytes until the dot. */
function talk(socket: Socket, state: State): void {
  state.connections++
  socket.setNoDelay(true)
  let buffer = ''
  let inBody = false
  perform(socket, next(state, 'greeting'))
  socket.on('data', (chunk: Buffer) => {
    buffer += chunk.toString('latin1')
    for (;;) {
      const end = inBody ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
      if (inBody && state.script.body !== undefined && buffer.length > 0)
        return perform(socket, next(state, 'body'))
      if (end < 0) return
      const text = buffer.slice(0, end)
      buffer = buffer.slice(end + (inBody ? 5 : 2))
      inBody = inBody ? takeMessage(socket, state, text) : takeCommand(socket, state, text)
      // The line end of DATA counts as the one before the dot of an empty message.
      if (inBody) buffer = `\r\n${buffer}`
    }
  })
}

function takeMessage(socket: Socket, state: State, text: string): false {
  state.bodies.push(text.slice(2).replace(/^\.\./gm, '.'))
  const act = next(state, 'dot')
  // Silence and half replies come after the message is safe: the worst case for the client.
  if (!/^[45]\d\d/.test(textOf(act))) state.accepted++
  perform(socket, act)
  return false
}

/** @returns whether the body comes next */
function takeCommand(socket: Socket, state: State, line: string): boolean {
  state.commands.push(line)
  const verb = (line.split(/[ :]/)[0] ?? '').toUpperCase()
  const point = (verb in DEFAULTS ? verb : 'AUTH') as Point
  const act = next(state, point)
  if (point === 'EHLO' && act === '') {
    const lines = ['raw.test', ...state.extensions]
    perform(socket, lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n'))
    return false
  }
  perform(socket, act)
  if (verb === 'QUIT') socket.end()
  return point === 'DATA' && textOf(act).startsWith('354')
}

function textOf(act: Act): string {
  if (typeof act === 'string') return act
  return 'send' in act ? act.send : ''
}

function next(state: State, point: Point): Act {
  const acts = state.script[point]
  const turn = state.used.get(point) ?? 0
  state.used.set(point, turn + 1)
  state.waiting.get(point)?.()
  if (acts === undefined) return DEFAULTS[point]
  if (!isList(acts)) return acts
  return acts[Math.min(turn, acts.length - 1)] ?? DEFAULTS[point]
}

function isList(acts: Act | readonly Act[]): acts is readonly Act[] {
  return Array.isArray(acts)
}

function perform(socket: Socket, act: Act): void {
  if (typeof act === 'object' && 'send' in act && act.afterMs !== undefined) {
    setTimeout(() => perform(socket, { send: act.send }), act.afterMs)
  } else performNow(socket, act)
}

function performNow(socket: Socket, act: Act): void {
  if (socket.destroyed || act === 'HANG' || act === '') return
  if (act === 'DROP') socket.destroy()
  else if (act === 'FIN') socket.end()
  else if (typeof act === 'string') socket.write(`${act}\r\n`)
  else if ('drip' in act) drip(socket, act.drip, act.everyMs)
  else {
    socket.write(act.send)
    if (act.then === 'drop') setTimeout(() => socket.destroy(), 50)
    if (act.then === 'fin') socket.end()
  }
}

/** Bytes one by one, over and over, never a line end. */
function drip(socket: Socket, text: string, everyMs: number): void {
  let i = 0
  const timer = setInterval(() => socket.write(text[i++ % text.length] ?? 'x'), everyMs)
  socket.on('close', () => clearInterval(timer))
}
