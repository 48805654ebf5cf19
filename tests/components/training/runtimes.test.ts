import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { runtimes } from "../../../components/training/runtimes/runtimes";
import { root } from "../../stack-files";

it("are in the table of the README as they are here", () => {
  const page = readFileSync(path.join(root, "components/training/README.md"), "utf8");
  const kinds = { trainer: "TrainJob, `trainingRuntimes`", jobSet: "JobSet, `jobSet`", kubeRay: "RayJob, `kubeRay`" };
  const table = page
    .split("\n")
    .filter((it) => it.startsWith("| `"))
    .map((it) => it.replace(/\s+/g, " "));
  expect(table).toEqual(
    Object.entries(runtimes).map(
      ([key, { runs, image, form }]) => `| \`${key}\` | ${runs} | ${image} | ${kinds[form.by]} |`,
    ),
  );
});
