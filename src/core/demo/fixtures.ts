import { fileURLToPath } from 'node:url'

/** Where the program is installed: from sources and from the bundle alike. */
const HOME = import.meta.resolve('#manifest')

/** The documents that come with the program: an ERP's output folder and its customers. */
export const DEMO_SOURCE = fileURLToPath(new URL('fixtures/erp/', HOME))
export const DEMO_CUSTOMERS = fileURLToPath(new URL('fixtures/customers.csv', HOME))
