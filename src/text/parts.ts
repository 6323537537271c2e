/** Characters of a part: some half a millisecond to read. What stands in no list, and an item of a list, is never parted. */
const PART = 128 * 1024;

/** A value with its lists empty, and where they stand in it. */
type Frame = { readonly value: unknown; readonly lists: readonly (readonly string[])[] };

/** A value that JSON can say, in parts of bounded length: what stands around its lists, then some items at a time. */
export function* partsOf(value: unknown): Generator<string, void> {
  const found: { readonly path: readonly string[]; readonly items: readonly unknown[] }[] = [];
  const emptied = (part: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(part)) {
      found.push({ path, items: part });
      return [];
    }
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, emptied(each, [...path, key])]));
  };
  const around = emptied(value, []);
  yield JSON.stringify({ value: around, lists: found.map(({ path }) => path) } satisfies Frame);
  for (const [list, { items }] of found.entries()) {
    let [texts, length]: [string[], number] = [[], 0];
    for (const item of items) {
      const text = JSON.stringify(item) ?? "null";
      if (length > 0 && length + text.length > PART) {
        yield `[${list},${texts.join(",")}]`;
        [texts, length] = [[], 0];
      }
      texts.push(text);
      length += text.length;
    }
    if (length > 0) yield `[${list},${texts.join(",")}]`;
  }
}

/** Puts together what `partsOf` took apart, part by part. */
export function createJoining<T>() {
  let frame: Frame | null = null;
  let lists: readonly unknown[][] = [];
  return {
    take(part: string): void {
      if (frame === null) {
        frame = JSON.parse(part) as Frame;
        const { value } = frame;
        const at = (path: readonly string[]) =>
          path.reduce((around, key) => (around as Readonly<Record<string, unknown>>)[key], value);
        lists = frame.lists.map((path) => at(path) as unknown[]);
        return;
      }
      const [list, ...items] = JSON.parse(part) as [number, ...unknown[]];
      // One by one: a call takes only so many arguments.
      for (const item of items) lists[list]!.push(item);
    },
    whole: (): T => frame?.value as T,
  };
}
