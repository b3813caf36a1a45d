/** Ports on this machine: for servers that cannot choose one themselves, and for none. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import type { TestContext } from 'node:test'

/** A port that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * A port that refuses connections for as long as the test runs: it is one end of a connection, so that no server gets it. A free
 * one was given to the server of another test once, which answered in its own way.
 */
export async function refusingPort(t: TestContext): Promise<number> {
  const server = createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => socket.destroy())
  await once(socket, 'connect')
  return socket.localPort ?? 0
}

/** Whether something accepts connections at a port of 127.0.0.1, or at a socket's path. */
export function answers(place: number | string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof place === 'number' ? connect(place, '127.0.0.1') : connect(place)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
