import { prometheusModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get it, for messages. */
export const howToGetPromqlResults =
  "Run `npm run engine` once: it builds Prometheus' engine of queries from source, less than a minute on two cores.";

/** Prometheus' own engine of queries, beside the engine of stacks and not a part of it: only rules and dashboards need it. */
export const { find: findPromqlResults, ensure: ensurePromqlResults } = oneProgram(prometheusModule, "promql-results");
