/** A proxy on 127.0.0.1 that cuts the connection after so many bytes of one direction. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export type Direction = 'to-server' | 'to-client'

export interface CuttingProxy {
  readonly port: number
  /** The next connection is cut when `bytes` have passed in that direction. */
  readonly cutAfter: (direction: Direction, bytes: number) => void
  /** Bytes that the last connection let through. */
  readonly passed: () => Readonly<Record<Direction, number>>
}

/** Starts the proxy; it goes when the test ends. */
export async function cuttingProxy(t: TestContext, target: number): Promise<CuttingProxy> {
  let cut: { readonly direction: Direction; readonly bytes: number } = {
    direction: 'to-server',
    bytes: Infinity,
  }
  let passed = { 'to-server': 0, 'to-client': 0 }
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    const [limit, count] = [cut, (passed = { 'to-server': 0, 'to-client': 0 })]
    const relay = (from: Socket, to: Socket, direction: Direction) => {
      from.setNoDelay(true).on('data', (chunk: Buffer) => {
        const room = limit.direction === direction ? limit.bytes - count[direction] : Infinity
        const part = chunk.subarray(0, room)
        count[direction] += part.length
        // The other side gets what passed before the cut; this side gets no goodbye.
        if (chunk.length < room) to.write(part)
        else to.end(part, () => from.destroy())
      })
      from.on('error', () => undefined).on('close', () => to.destroySoon())
      open.add(from.once('close', () => open.delete(from)))
    }
    relay(client, upstream, 'to-server')
    relay(upstream, client, 'to-client')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (direction, bytes) => {
      cut = { direction, bytes }
    },
    passed: () => passed,
  }
}
