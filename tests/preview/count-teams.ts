import { createHook } from "node:async_hooks";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { prodWith } from "../../cli/bench-stacks";
import { runCommand } from "../../cli/run-command";
import { preview } from "../../preview/preview";
import { renderText } from "../../preview/render-text";
import { today } from "../stack-files";
import { callsOf } from "./calls";

/** What a preview takes, of what can be counted: the clock of a busy machine says less. */
export interface Cost {
  readonly promises: number;
  readonly resources: number;
  /** By function. */
  readonly calls: Readonly<Record<string, number>>;
}

async function costOf(teams: number): Promise<Cost> {
  const stackFile = prodWith(teams, mkdtempSync(path.join(tmpdir(), "teams-")));
  let promises = 0;
  const hook = createHook({
    init: (_, type) => {
      if (type === "PROMISE") promises += 1;
    },
  });
  const { result: resources, calls } = await callsOf(async () => {
    hook.enable();
    const shown = await preview(stackFile, { today });
    hook.disable();
    renderText(shown, (_, text) => text);
    return shown.plan.resources.length;
  });
  return { promises, resources, calls: Object.fromEntries(calls) };
}

/** A command that says what previews of prod with so many teams take, as JSON, one after the other. */
runCommand(async (teams) => {
  const costs: Cost[] = [];
  for (const count of teams) costs.push(await costOf(Number(count)));
  process.stdout.write(JSON.stringify(costs));
  return 0;
});
