import { z } from "zod";

/** Day of a weekly window, in English, as Azure writes it. */
export const weekday = z.enum(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);

/** Time of day in UTC. YAML needs it in quotes. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM in UTC, 00:00 to 23:59");
