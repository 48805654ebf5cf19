import { ciliumModule } from "./modules";
import { oneProgram } from "./one-program";

/** How to get it, for messages. */
export const howToGetPolicyVerdicts =
  "Run `npm run engine` once: it builds Cilium's policy library from source, two to three minutes on two cores.";

/** Cilium's own judgement of network policies, beside the engine and not a part of it: nothing else needs it. */
export const { find: findPolicyVerdicts, ensure: ensurePolicyVerdicts } = oneProgram(ciliumModule, "policy-verdicts");
