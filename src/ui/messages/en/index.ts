import { addendas } from './addendas.ts'
import { bounces } from './bounces.ts'
import { checks } from './checks.ts'
import { choices } from './choices.ts'
import { commands } from './commands.ts'
import { customers } from './customers.ts'
import { documents } from './documents.ts'
import { documentSettings } from './document-settings.ts'
import { errors } from './errors.ts'
import { eventDetails } from './event-details.ts'
import { evidence } from './evidence.ts'
import { groups } from './groups.ts'
import { house } from './house.ts'
import { limits } from './limits.ts'
import { modules } from './modules.ts'
import { oauth } from './oauth.ts'
import { operators } from './operators.ts'
import { orderFiles } from './order-files.ts'
import { outbox } from './outbox.ts'
import { papers } from './papers.ts'
import { paymentNotices } from './payment-notices.ts'
import { parties } from './parties.ts'
import { portal } from './portal.ts'
import { payroll } from './payroll.ts'
import { profiles } from './profiles.ts'
import { schedule } from './schedule.ts'
import { states } from './states.ts'
import { store } from './store.ts'
import { templates } from './templates.ts'
import { types } from './types.ts'
import { watch } from './watch.ts'
import { whatsapp } from './whatsapp.ts'

/** Put together when somebody reads English: every command of a Spanish reader would pay for it. */
export const makeEn = () => ({
  ...addendas,
  ...bounces,
  ...checks,
  ...choices,
  ...commands,
  ...customers,
  ...documents,
  ...documentSettings,
  ...errors,
  ...eventDetails,
  ...evidence,
  ...groups,
  ...house,
  ...limits,
  ...modules,
  ...oauth,
  ...operators,
  ...orderFiles,
  ...outbox,
  ...papers,
  ...paymentNotices,
  ...parties,
  ...portal,
  ...payroll,
  ...profiles,
  ...schedule,
  ...states,
  ...store,
  ...templates,
  ...types,
  ...watch,
  ...whatsapp,
})
