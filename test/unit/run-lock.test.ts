import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeRunLock } from '../../src/core/store/run-lock.ts'
import { tempFolder } from '../support/temp.ts'

// One `sudo cfdi-mail send` left a lock file of root's: from then on cron's send ended with "a defect of the program", and on a
// full disk with "a send is already running".
test('a lock file that may not be opened is no run of another process, and no defect', (t) => {
  const folder = tempFolder(t)
  assert.throws(() => takeRunLock(folder), { code: 'NO_ACCESS' })
  const file = join(folder, 'send.lock')
  const lock = takeRunLock(file)
  assert.throws(() => takeRunLock(file), { code: 'SEND_RUNNING' })
  assert.throws(() => takeRunLock(file, 'WATCH_RUNNING'), { code: 'WATCH_RUNNING' })
  lock.release()
  takeRunLock(file).release()
})
