import { commands } from './commands.ts'
import { customers } from './customers.ts'
import { documents } from './documents.ts'
import { errors } from './errors.ts'
import { house } from './house.ts'
import { outbox } from './outbox.ts'
import { profiles } from './profiles.ts'
import { states } from './states.ts'
import { templates } from './templates.ts'
import { types } from './types.ts'

export const en = {
  ...commands,
  ...customers,
  ...documents,
  ...errors,
  ...house,
  ...outbox,
  ...profiles,
  ...states,
  ...templates,
  ...types,
} as const
