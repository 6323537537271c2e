/** Says on a terminal how far a play has come. */
export function createProgress(total: number, label = "") {
  const { stderr } = process;
  return {
    tell(done: number, at: Date, posts: number) {
      if (stderr.isTTY)
        stderr.write(
          `\r\u001b[K${label}playing ${at.toISOString().slice(0, 13)}h: ${done} of ${total} items, ${posts} posts`,
        );
    },
    end() {
      if (stderr.isTTY) stderr.write("\r\u001b[K");
    },
  };
}
