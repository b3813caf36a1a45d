import { CfdiMailError } from '../model/errors.ts'
import type { RekeyedResult, SecretCheck, SecretsCheckedResult } from '../model/results/secrets.ts'
import { keyIdOf } from '../secrets/secrets.ts'
import { takeRunLock } from '../store/run-lock.ts'
import { listSealed, resealAll, type SealedValue } from '../store/sealed-values.ts'
import type { Ctx } from './ctx.ts'

/** Tries to open every sealed value of the store. References are named and not followed: a program may ask for a pass phrase. */
export async function checkSecrets(ctx: Ctx): Promise<SecretsCheckedResult> {
  const secrets: SecretCheck[] = []
  for (const value of await listSealed(ctx.db)) secrets.push(await check(ctx, value))
  const needsPerson = secrets.some(({ opens }) => opens === false)
  return { kind: 'secrets-checked', key: ctx.keys.current(), secrets, needsPerson }
}

async function check(ctx: Ctx, { place, stored }: SealedValue): Promise<SecretCheck> {
  const key = keyIdOf(stored)
  if (key === null) return { place, form: 'reference', key, opens: null, problem: null }
  try {
    await ctx.secrets.reveal(place, stored)
    return { place, form: 'sealed', key, opens: true, problem: null }
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    return { place, form: 'sealed', key, opens: false, problem: error.code }
  }
}

/**
 * Seals every value of the store under a new key, in one commit. Nothing changes when one of them does not open. The former key
 * is kept beside the new one for other companies' stores and for backups, unless it is to be forgotten.
 * @throws SEND_RUNNING: a run may be about to seal a fresh token; KEY_INLINE, and what the secrets say
 */
export async function rekey(ctx: Ctx, former: 'keep' | 'forget'): Promise<RekeyedResult> {
  const lock = takeRunLock(ctx.folders.lock)
  try {
    // What does not open now would not open then; better to know before there is a new key.
    for (const { place, stored } of await listSealed(ctx.db)) {
      if (keyIdOf(stored) !== null) await ctx.secrets.reveal(place, stored)
    }
    const change = ctx.keys.renew()
    ctx.fault('rekey-in-place')
    const values = await resealAll(ctx.db, ({ place, stored }) => {
      ctx.fault('rekey-resealed')
      return change.seal(place, change.open(place, stored))
    })
    ctx.fault('rekey-committed')
    const forgotten = former === 'forget' && change.former !== null
    if (forgotten) change.forgetFormer()
    return { kind: 'rekeyed', key: change.key, former: change.former, forgotten, values }
  } finally {
    lock.release()
  }
}
