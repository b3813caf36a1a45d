import { fileURLToPath } from 'node:url'

/** The documents that come with the program: an ERP's output folder and its customers. */
export const DEMO_SOURCE = fileURLToPath(new URL('../../../fixtures/erp/', import.meta.url))
export const DEMO_CUSTOMERS = fileURLToPath(new URL('../../../fixtures/customers.csv', import.meta.url))
