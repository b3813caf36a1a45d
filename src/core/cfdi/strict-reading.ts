import { resetNamespaces } from './namespaces.ts'
import { trimNames } from './names.ts'
import { createScan, load, type Offence, type Scan, unload, XmlFault } from './scan.ts'

/** One for the whole process: reading is synchronous, so no two documents are ever under way. */
const scan = createScan()

/**
 * Puts a document under the scanner, lets `read` go over it, and tidies up whatever happened.
 * @param text UTF-8; its first `declaration` bytes are the XML declaration
 * @returns where and why the document is refused; null when `read` came to its end
 */
export function readStrictly(
  text: { readonly utf8: Buffer; readonly declaration: number },
  read: (scan: Scan) => void,
): Offence | null {
  try {
    load(scan, text.utf8, text.declaration)
    read(scan)
    return null
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    return error.offence
  } finally {
    unload(scan)
    resetNamespaces()
    trimNames()
  }
}
