import { blobMeters } from "./blob-meters";
import { diskMeters } from "./disk-meters";
import { lustreMeters } from "./lustre-meters";
import type { Meter } from "./meter";
import { netAppMeters } from "./netapp-meters";
import { serviceMeters } from "./service-meters";

/** Every meter that something here may bill by, in the order of their names. */
export const meters: readonly Meter[] = [
  ...lustreMeters.values(),
  ...blobMeters,
  ...diskMeters,
  ...netAppMeters,
  ...Object.values<Meter>(serviceMeters),
].sort((a, b) => (a.id < b.id ? -1 : 1));
