import { sdksModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get it, for messages. */
export const howToGetPackageSdks =
  "Run `npm run engine` once: it builds the generators of SDKs from source, about a minute on two cores.";

/** Pulumi's own generators of SDKs, beside the engine of stacks and not a part of it: only tests of the package need them. */
export const { find: findPackageSdks, ensure: ensurePackageSdks } = oneProgram(sdksModule, "package-sdks");
