import { imageDay } from "../../catalog/image-day";
import type { Problems } from "../../core/problems";

/**
 * Notes a problem unless an image can have been made on the day that its version says.
 * @param today ISO date, `null` to take every day.
 */
export function checkImageDay(version: string, today: string | null, problems: Problems): void {
  const day = imageDay(version);
  const rule =
    day === undefined ? "must end in the day of the image, year first, and a number" : `must not be of a day to come`;
  problems.require(day !== undefined && (today === null || day <= today), "imageVersion", rule, {
    got: version,
    remedy: "az vm image list --all prints the versions that there are",
  });
}
