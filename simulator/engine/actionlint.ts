import { actionlintModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get it, for messages. */
export const howToGetActionlint =
  "Run `npm run engine` once: it builds the linter of workflows from source, a few seconds on two cores.";

/** The linter of GitHub's workflows, beside the engine of stacks and not a part of it: only the files in deploy/ need it. */
export const { find: findActionlint, ensure: ensureActionlint } = oneProgram(actionlintModule, "actionlint");
