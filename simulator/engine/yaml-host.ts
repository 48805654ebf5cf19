import { yamlModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get it, for messages. */
export const howToGetYamlHost =
  "Run `npm run engine` once: it builds the host of YAML programs from source, about a minute on two cores.";

/** Pulumi's host of programs in YAML, beside the engine of stacks and not a part of it: only tests of the package need it. */
export const { find: findYamlHost, ensure: ensureYamlHost } = oneProgram(yamlModule, "pulumi-language-yaml");
