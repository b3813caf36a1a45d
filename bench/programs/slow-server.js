// node slow-server.js PORT MS: takes mail and answers every command so many milliseconds after it came. Pipelining is allowed.
import { createServer } from 'node:net'

const [port, ms] = process.argv.slice(2).map(Number)
const EHLO = '250-slow\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n'
const END = '\r\n.\r\n'

// Replies to what came together leave together, as real servers do: Nagle's algorithm would hold all but the first for 40 ms more.
createServer({ noDelay: true }, (socket) => {
  let rest = ''
  let inMessage = false
  const say = (text) => setTimeout(() => socket.writable && socket.write(text), ms)
  const answer = (line) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return say(EHLO)
    if (verb === 'DATA') {
      inMessage = true
      return say('354 go on\r\n')
    }
    if (verb === 'QUIT') return setTimeout(() => socket.end('221 bye\r\n'), ms)
    return say('250 ok\r\n')
  }
  say('220 slow\r\n')
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    for (;;) {
      const mark = inMessage ? END : '\r\n'
      const at = rest.indexOf(mark)
      if (at < 0) {
        // Only the last bytes can be the beginning of the mark.
        if (inMessage) rest = rest.slice(-END.length)
        return
      }
      const line = rest.slice(0, at)
      rest = rest.slice(at + mark.length)
      if (inMessage) {
        inMessage = false
        say('250 queued\r\n')
      } else answer(line)
    }
  })
}).listen(port, '127.0.0.1')
