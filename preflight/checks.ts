import { anyCheck, type AnyCheck } from "./check";
import { computeQuota } from "./compute-quota";
import { countedQuota } from "./counted-quota";
import { denyAssignments } from "./deny-assignments";
import { existingSubnets } from "./existing-subnets";
import { features } from "./features";
import { images } from "./images";
import { kubernetesVersion } from "./kubernetes-version";
import { locks } from "./locks";
import { lustreSubnets } from "./lustre-subnets";
import { lustreVaults } from "./lustre-vaults";
import { names } from "./names";
import { netAppQuota } from "./netapp-quota";
import { peeredNetworks } from "./peered-networks";
import { policy } from "./policy";
import { providers } from "./providers";
import { reservations } from "./reservations";
import { rights } from "./rights";
import { sizes } from "./sizes";
import { subscription } from "./subscription";

/** Every check, in the order in which they are told: what takes longest to mend comes first. */
export const checks: readonly AnyCheck[] = [
  anyCheck(subscription),
  anyCheck(computeQuota),
  anyCheck(countedQuota),
  anyCheck(netAppQuota),
  anyCheck(sizes),
  anyCheck(reservations),
  anyCheck(features),
  anyCheck(providers),
  anyCheck(rights),
  anyCheck(locks),
  anyCheck(denyAssignments),
  anyCheck(policy),
  anyCheck(kubernetesVersion),
  anyCheck(images),
  anyCheck(existingSubnets),
  anyCheck(peeredNetworks),
  anyCheck(lustreSubnets),
  anyCheck(lustreVaults),
  anyCheck(names),
];
