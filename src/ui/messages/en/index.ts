import { commands } from './commands.ts'
import { customers } from './customers.ts'
import { errors } from './errors.ts'
import { house } from './house.ts'
import { profiles } from './profiles.ts'
import { templates } from './templates.ts'

export const en = { ...commands, ...customers, ...errors, ...house, ...profiles, ...templates } as const
