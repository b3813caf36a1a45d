import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { deadline } from '../../src/core/channels/smtp-deadline.ts'

const SOON = 5
/** So late that no slow machine comes to it. */
const FAR = 100_000

function watched() {
  const state = { expired: 0 }
  let tell: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (tell = resolve))
  const limit = deadline(() => {
    state.expired++
    tell()
  })
  // The timer itself does not keep the process.
  const wait = async () => {
    const kept = setInterval(() => undefined, 1_000)
    await passed
    clearInterval(kept)
  }
  return { ...limit, state, wait }
}

describe('a deadline', () => {
  test('passes once', async () => {
    const { set, wait, state, close } = watched()
    set(SOON)
    await wait()
    await sleep(4 * SOON)
    assert.equal(state.expired, 1)
    close()
  })

  test('that is set again sooner passes at the sooner time', async () => {
    const { set, wait, state, close } = watched()
    set(FAR)
    set(SOON)
    await wait()
    assert.equal(state.expired, 1)
    close()
  })

  test('that is put off, taken back or closed does not pass when its first time is over', async () => {
    const [later, cleared, closed] = [watched(), watched(), watched()]
    for (const { set } of [later, cleared, closed]) set(SOON)
    later.set(FAR)
    cleared.clear()
    closed.close()
    closed.set(SOON)
    await sleep(4 * SOON)
    assert.deepEqual(
      [later, cleared, closed].map(({ state }) => state.expired),
      [0, 0, 0],
    )
    later.close()
  })

  test('that was put off still passes, and one that was taken back can be set again', async () => {
    for (const change of ['put-off', 'taken-back']) {
      const { set, clear, wait, state, close } = watched()
      set(SOON)
      if (change === 'taken-back') clear()
      set(4 * SOON)
      await wait()
      assert.equal(state.expired, 1)
      close()
    }
  })
})
