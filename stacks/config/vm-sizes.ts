import { z } from "zod";
import { declaredFigures } from "../../catalog/declared-figures";

/** Figures of VM sizes that the catalogue does not have, by exact Azure name. */
export const vmSizesSection = z.record(z.string(), declaredFigures);
