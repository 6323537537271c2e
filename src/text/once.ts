/** Works something out of a thing at its first use, and remembers it for as long as the thing itself is in use. */
export function once<K extends object, V>(work: (thing: K) => V): (thing: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (thing) => {
    const found = known.get(thing);
    if (found !== undefined) return found.value;
    const value = work(thing);
    known.set(thing, { value });
    return value;
  };
}
