import { play } from "./play.ts";

// A process to be killed: plays on the folder that it is given, and prints each step as it begins it.
await play(process.argv[2] as string, (step) => void process.stdout.write(`${step}\n`));
