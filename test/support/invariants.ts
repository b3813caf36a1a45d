/** What must hold of a data folder and a server after any fault, looked at with nothing of the program's own code. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import { simpleParser } from 'mailparser'

/** A message that a server took. */
export interface Taken {
  readonly raw: Buffer
  readonly recipients: readonly string[]
}

export interface Scene {
  readonly data: string
  readonly taken: readonly Taken[]
  /** All that the runs wrote to their outputs. */
  readonly outputs?: readonly string[]
  /** A secret that must be nowhere. */
  readonly canary?: string
}

export interface DeliveryFacts {
  readonly id: string
  readonly messageId: string
  readonly recipient: string
  readonly state: string
  readonly order: string
}

const STATES = ['pending', 'deferred', 'held', 'sent', 'failed', 'unknown', 'dead', 'cancelled']
/** States that a run may leave when it dies, and that the next one takes up. */
const UNDER_WAY = ['leased', 'dotted']
/** The server may have the message of these. */
const MAY_BE_THERE = ['sent', 'unknown', 'dotted']

/**
 * Asserts the invariants: one known state each, at most one copy at the server, sent means that it is there, what was not sent
 * is not, the attachments' bytes are the packaged ones, the store is sound, nothing is open to others, the canary is nowhere.
 * @param after `run` when a whole run came after the fault, `fault` right after it
 * @returns the deliveries, for what else a test has to say of them
 */
export async function assertInvariants(scene: Scene, after: 'run' | 'fault'): Promise<DeliveryFacts[]> {
  const database = new Sqlite(join(scene.data, 'store.db'))
  try {
    assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
    const deliveries = deliveriesOf(database)
    const allowed = after === 'run' ? STATES : [...STATES, ...UNDER_WAY]
    for (const delivery of deliveries) {
      assert.ok(allowed.includes(delivery.state), `a delivery is ${delivery.state}`)
      const copies = copiesOf(delivery, scene.taken)
      assert.ok(copies <= 1, `${delivery.messageId} arrived ${copies} times at ${delivery.recipient}`)
      if (delivery.state === 'sent') assert.equal(copies, 1, `sent, and not at the server`)
      if (copies === 1) {
        assert.ok(MAY_BE_THERE.includes(delivery.state), `at the server, and ${delivery.state}`)
      }
    }
    await assertAttachments(database, scene.taken)
    assertPrivate(scene.data)
    if (scene.canary !== undefined) assertNowhere(scene.canary, scene)
    return deliveries
  } finally {
    database.close()
  }
}

export function deliveriesOf(database: Database.Database): DeliveryFacts[] {
  return database
    .prepare(
      `select d.id, d.recipient, d.state, d.order_id as "order", o.message_id as messageId
       from delivery d join send_order o on o.id = d.order_id order by d.id`,
    )
    .all() as DeliveryFacts[]
}

function copiesOf({ messageId, recipient }: DeliveryFacts, taken: readonly Taken[]): number {
  return taken.filter(
    ({ raw, recipients }) => messageIdOf(raw) === messageId && recipients.includes(recipient),
  ).length
}

export function messageIdOf(raw: Buffer): string {
  return /^Message-ID:\s*(\S+)/im.exec(raw.toString('latin1'))?.[1] ?? ''
}

/** Every attachment's bytes have the SHA-256 that was written when they were packaged. */
async function assertAttachments(database: Database.Database, taken: readonly Taken[]): Promise<void> {
  const recorded = database.prepare(
    `select a.sha256 from order_attachment a join send_order o on o.id = a.order_id
     where o.message_id = ? order by a.position`,
  )
  for (const { raw } of taken) {
    const { attachments } = await simpleParser(raw)
    const arrived = attachments.map(({ content }) => createHash('sha256').update(content).digest('hex'))
    const packaged = (recorded.all(messageIdOf(raw)) as { sha256: string }[]).map(({ sha256 }) => sha256)
    assert.deepEqual(arrived, packaged)
  }
}

/** Folders 0700, files 0600, with nothing left out. */
export function assertPrivate(folder: string): void {
  for (const path of pathsIn(folder)) {
    const open = statSync(path).mode & 0o077
    assert.equal(open, 0, `${path} is open to others: ${open.toString(8)}`)
  }
}

/** The secret is in no file and in no output, as it is or in base64. */
export function assertNowhere(canary: string, { data, outputs = [] }: Pick<Scene, 'data' | 'outputs'>): void {
  const forms = [canary, Buffer.from(canary).toString('base64').replace(/=+$/, '')]
  const files = pathsIn(data).filter((path) => statSync(path).isFile())
  for (const form of forms) {
    for (const path of files) assert.ok(!readFileSync(path).includes(form), `the secret is in ${path}`)
    for (const output of outputs) assert.ok(!output.includes(form), 'the secret is in an output')
  }
}

function pathsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))]
}
