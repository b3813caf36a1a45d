import type { ErrorCode } from '../../../core/model/errors.ts'
import { commands } from './commands.ts'
import { customers } from './customers.ts'
import { errors } from './errors.ts'
import { house } from './house.ts'
import { profiles } from './profiles.ts'
import { templates } from './templates.ts'

/** Keys that the core's own codes ask for: a new code does not compile until it has words. */
type Required = `error.${ErrorCode}`

export const es = { ...commands, ...customers, ...errors, ...house, ...profiles, ...templates } as const satisfies Record<Required, string>
