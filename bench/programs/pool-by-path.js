// node pool-by-path.js PORT FOLDER: sends each pair of the folder with nodemailer's pool of five, attachments by path. Prints milliseconds.
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createTransport } from 'nodemailer'

const [port, folder] = process.argv.slice(2)
const xmls = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.xml'))
const started = performance.now()
const pool = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: 5,
  maxMessages: 1000,
})
await Promise.all(
  xmls.map((name) => {
    const xml = join(folder, name)
    const pdf = xml.replace(/xml$/, 'pdf')
    return pool.sendMail({
      from: 'ventas@emisor.example',
      to: 'cliente@recibe.example',
      subject: `Factura ${basename(xml)}`,
      text: 'Adjunta.',
      attachments: [{ path: xml }, { path: pdf }],
    })
  }),
)
pool.close()
process.stdout.write(String(performance.now() - started))
