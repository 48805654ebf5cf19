import { helmModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get Helm, for messages. */
export const howToGetHelm = "Run `npm run engine` once: it builds Helm from source, one to three minutes on two cores.";

/**
 * Helm, beside the engine and not a part of it: what renders no chart must not wait for its build. One on PATH is never
 * taken, for what a chart renders changes with Helm's version.
 */
export const { find: findHelm, ensure: ensureHelm } = oneProgram(helmModule, "helm");
