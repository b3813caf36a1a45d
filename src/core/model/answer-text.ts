/**
 * All of an answer as text (UTF-8), with an end to what a server may make the program read.
 * @throws when it is longer than `most` bytes
 */
export async function answerText(answer: Pick<Response, 'body'>, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > most) throw new Error('the answer is too long')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
