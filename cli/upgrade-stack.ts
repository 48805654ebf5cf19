import { preview, type Preview } from "../preview/preview";
import { readStackFile } from "../stacks/stack-file";
import { stacksOf } from "../stacks/stacks-of";
import { checkUpgrade } from "../upgrades/check-upgrade";
import { lastOpenDay } from "../upgrades/last-open-day";
import { planUpgrade } from "../upgrades/plan-upgrade";
import { previewSteps } from "../upgrades/preview-steps";
import { readUpgradeFacts } from "../upgrades/read-upgrade-facts";
import { readVerdict } from "./read-verdict";
import { rehearseUpgrade } from "./rehearse-upgrade";
import { renderUpgrade } from "./render-upgrade";

/** What `npm run upgrade` is asked for. */
export interface UpgradeCommand {
  readonly environment: string;
  /** Name of the lock to come to. */
  readonly to: string;
  readonly json: boolean;
  readonly rehearse: boolean;
  /** File with what the gates of a rehearsal say. */
  readonly verdict: string | undefined;
}

/**
 * Plans the upgrade of an environment and prints it.
 * @returns The exit code.
 */
export async function upgradeStack(
  file: string,
  { environment, to, json, rehearse, verdict }: UpgradeCommand,
): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  const files = stacksOf(file);
  const previews: Preview[] = [];
  // One after the other: a recording keeps its settings in globals.
  for (const it of files) previews.push(await preview(it, { today: lastOpenDay(readStackFile(it).values, today) }));
  const facts = readUpgradeFacts(environment, previews, today);
  const plan = planUpgrade(facts, checkUpgrade(facts, to, today));
  const before = previews.map((it, at) => ({ stack: it.environment.stack, file: files[at] ?? "", plan: it.plan }));
  const steps = await previewSteps(plan.steps, before, today);
  if (rehearse) {
    const results = verdict === undefined ? passed : readVerdict(verdict);
    return rehearseUpgrade(environment, steps, before, { results, json });
  }
  const told = { ...plan, steps };
  process.stdout.write(json ? `${JSON.stringify(told, null, 2)}\n` : renderUpgrade(told, facts));
  return 0;
}

/** Gates of a rehearsal that nobody gave a verdict. */
const passed = [{ name: "assumed", verdict: "pass" }] as const;
