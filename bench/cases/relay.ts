import { join } from 'node:path'
import { writeCorpus } from '../corpus.ts'
import { type Figure, median, perSecond } from '../figures.ts'
import { house, saveProfile } from '../house.ts'
import { slow } from '../servers.ts'
import { type Case, inRounds } from './case.ts'

const CONNECTIONS = 20
const REPLY_MS = 40
/** MAIL, RCPT and DATA travel together; the message and its dot are the second trip. */
const TRIPS = 2

/** R5: a relay that answers after 40 ms, beside what connections and round trips allow. */
export const relay: Case = {
  ids: ['R5'],
  async run(bench) {
    const messages = Math.ceil(bench.documents / 50)
    const corpus = writeCorpus(bench.folder, { documents: messages, pdfs: 'without' })
    const server = await slow(REPLY_MS)
    try {
      const rounds = await inRounds(bench, async (round) => {
        const made = await house(join(bench.folder, String(round)), corpus)
        await saveProfile(made, { port: server.port, connections: CONNECTIONS })
        await made.run('package', '--all', '--quiet')
        const sent = await made.run('send', '--quiet')
        const start = await made.run('send', '--quiet')
        return { ms: sent.ms - start.ms, peakMb: sent.peakMb }
      })
      const ideal = (messages * TRIPS * REPLY_MS) / CONNECTIONS
      const figure: Figure = {
        ...{
          id: 'R5',
          what: `send ${messages} messages to a relay that answers after 40 ms, 20 connections`,
        },
        against: 'connections ÷ round trips',
        ratios: rounds.map(({ ms }) => ideal / ms),
        target: { at: 'least', value: 0.8 },
        ours: perSecond(messages, median(rounds.map(({ ms }) => ms))),
        reference: perSecond(messages, ideal),
        peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)),
      }
      return { figures: [figure], growth: [] }
    } finally {
      server.stop()
    }
  },
}
