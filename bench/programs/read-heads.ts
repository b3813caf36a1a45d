/** read-heads.ts FOLDER: reads every XML below it as `package` does, and prints the milliseconds of that alone. */
import { readCfdiFile } from '../../src/core/cfdi/read-file.ts'
import { scanFolder } from '../../src/core/cfdi/scan-folder.ts'

const [folder = '.'] = process.argv.slice(2)
const started = performance.now()
for (const found of scanFolder(folder)) if ('path' in found) readCfdiFile(found.path, 50 * 1024 * 1024)
process.stdout.write(String(performance.now() - started))
