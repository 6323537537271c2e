/** What is held back holds later deliveries to the same destination back too: the claim asks for it at every look. */
export const held = (): readonly string[] => [
  "create index deliveries_held on deliveries (destination, id) where state = 'held'",
];
