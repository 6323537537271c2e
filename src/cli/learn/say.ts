/** Says on a terminal how far the work has come. */
export function say(sentence: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${sentence}`);
}
