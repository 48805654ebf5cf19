import path from "node:path";
import { root } from "./stack-files";

let runs = 0;

/**
 * The program in `file`, of the root, to be run once more. A program makes its resources as it loads, and the files that one worker runs
 * share its modules: a second import of the same name would make nothing.
 */
export function programOf(file: string): () => Promise<unknown> {
  runs += 1;
  const name = `${path.join(root, file)}?run=${runs}`;
  return () => import(name);
}
