const FIRST_SLOTS = 1 << 8;
/** Numbers in a slot, side by side so that a look touches one place of the memory: the pair, and its value. */
const SLOT = 3;
const VALUE = 2;

/** Mixes the two numbers into a slot: odd constants spread neighbours. */
const SPREAD = 0x9e3779b1 | 0;
const SPREAD_OTHER = 0x85ebca6b | 0;

/**
 * A number from 0 up by two whole numbers of 32 bits, in one open-addressed table: a pair takes 24 to 48 bytes and no object, where a map
 * of strings takes some hundred. One that may hold `most` pairs begins anew when it is full, so that years of text cannot fill the memory.
 */
export class Pairs {
  readonly #most: number;
  #slots = FIRST_SLOTS;
  #table = new Int32Array(FIRST_SLOTS * SLOT).fill(-1);
  #used = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** −1 where the pair is not known. */
  get(first: number, second: number): number {
    return this.#table[this.#placeOf(first, second) + VALUE]!;
  }

  set(first: number, second: number, value: number): void {
    if (this.#used * 2 >= this.#slots) this.#grow();
    const place = this.#placeOf(first, second);
    if (this.#table[place + VALUE] === -1) this.#used += 1;
    this.#table[place] = first;
    this.#table[place + 1] = second;
    this.#table[place + VALUE] = value;
  }

  /** Where the pair is, or would be. */
  #placeOf(first: number, second: number): number {
    const table = this.#table;
    const mask = this.#slots - 1;
    const mixed = Math.imul(first, SPREAD) ^ Math.imul(second, SPREAD_OTHER);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    let place = slot * SLOT;
    while (table[place + VALUE] !== -1 && (table[place] !== first || table[place + 1] !== second)) {
      slot = (slot + 1) & mask;
      place = slot * SLOT;
    }
    return place;
  }

  #grow(): void {
    const old = this.#table;
    const isFull = this.#used >= this.#most;
    this.#slots = isFull ? FIRST_SLOTS : this.#slots * 2;
    this.#table = new Int32Array(this.#slots * SLOT).fill(-1);
    this.#used = 0;
    if (isFull) return;
    for (let place = 0; place < old.length; place += SLOT) {
      if (old[place + VALUE] !== -1) this.set(old[place]!, old[place + 1]!, old[place + VALUE]!);
    }
  }
}
