import { cutText } from "#text/cut.ts";
import { type Block, type Line, lengthOf, plain, type Span } from "./draft.ts";

/** What a service takes of a message: so much in its own measure, so many blocks, so many characters of one. */
export type Room = {
  readonly size: number;
  readonly blocks: number;
  readonly longest: number;
  readonly sizeOf: (block: Block) => number;
};

/** Room for the lines that say what is left out, each as long as a block of this one. */
const LEFT_OUT: Block = {
  as: "small",
  lines: [[plain("and 10000 more developments, for which there is no room here")]],
  weight: 0,
};

/**
 * The blocks that fit: the least important are left out first, and readers told how many of what. What goes on where another ends is
 * of one block with it.
 */
export function fitting(blocks: readonly Block[], room: Room): readonly Block[] {
  const clipped = blocks
    .filter(saysSomething)
    .map((block) => ({ ...block, lines: block.lines.map((line) => clip(line, room.longest)) }));
  const left = leftOut(clipped, room);
  const kept = clipped.flatMap((block, at) => [
    ...(left.has(at) ? [] : [block]),
    ...(block.counted === undefined ? [] : restAfter(at, block.counted, clipped, left)),
  ]);
  return joined(withoutEmptyHeadings(kept), room.longest);
}

/** Of foreign text that holds nothing to be seen there is none left. */
const saysSomething = ({ lines }: Block): boolean => lines.some((line) => lengthOf(line) > 0);

/** Indices of what does not fit. */
function leftOut(blocks: readonly Block[], { size, blocks: most, sizeOf }: Room): ReadonlySet<number> {
  const sizes = blocks.map(sizeOf);
  let total = sizes.reduce((sum, one) => sum + one, 0);
  let count = blocks.length;
  const left = new Set<number>();
  if (total <= size && count <= most) return left;
  const units = new Set(blocks.flatMap(({ counted }) => counted ?? []));
  const restSize = units.size * sizeOf(LEFT_OUT);
  const order = [...blocks.keys()].toSorted((a, b) => blocks[a]!.weight - blocks[b]!.weight || b - a);
  for (const at of order) {
    if (total + restSize <= size && count + units.size <= most) break;
    left.add(at);
    total -= sizes[at]!;
    count -= 1;
  }
  return left;
}

/** Behind the last of a kind, how many of it are left out. */
function restAfter(at: number, counted: string, blocks: readonly Block[], left: ReadonlySet<number>): readonly Block[] {
  if (blocks.findLastIndex((other) => other.counted === counted) !== at) return [];
  const count = [...left].filter((one) => blocks[one]?.counted === counted).length;
  const text = `and ${count} more ${count === 1 ? counted : `${counted}s`}, for which there is no room here`;
  return count === 0 ? [] : [{ as: "small", lines: [[plain(text)]], weight: 0 }];
}

/** A heading of which nothing is left says nothing, unless it is itself what is counted. */
const withoutEmptyHeadings = (blocks: readonly Block[]): readonly Block[] =>
  blocks.filter(
    ({ as, counted }, at) =>
      as !== "heading" || counted !== undefined || (blocks[at + 1] !== undefined && blocks[at + 1]?.as !== "heading"),
  );

/** Blocks that go on where the one before ends, as one with it while that is no longer than a block may be. */
function joined(blocks: readonly Block[], longest: number): readonly Block[] {
  const whole: Block[] = [];
  for (const block of blocks) {
    const before = whole.at(-1);
    const end = before?.lines.at(-1);
    const [first = [], ...others] = block.lines;
    if (block.joins === undefined || before === undefined || end === undefined || before.as !== block.as) {
      whole.push(block);
      continue;
    }
    const line = [...end, plain(block.joins), ...first];
    if (lengthOf(line) > longest) whole.push(block);
    else whole[whole.length - 1] = { ...before, lines: [...before.lines.slice(0, -1), line, ...others] };
  }
  return whole;
}

/** A line of at most `limit` characters, its end cut. */
function clip(line: Line, limit: number): Line {
  if (lengthOf(line) <= limit) return line;
  const kept: Span[] = [];
  let room = limit;
  for (const span of line) {
    if (room <= 0) break;
    kept.push({ ...span, text: cutText(span.text, room) });
    room -= span.text.length;
  }
  return kept;
}
