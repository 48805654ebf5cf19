import { describe, expect, it } from "vitest";
import { clusterTwins } from "../../catalog/cluster-twins";
import { enforcementPage } from "../../cli/enforcement-page";
import { ruleNames } from "../../components/platform/team-fence/fence-policies";
import { rules } from "../../policies/rules";

describe("docs/enforcement.md", () => {
  const page = enforcementPage();

  it("has each rule once, with its twins or among those of the pack alone", () => {
    const [, withTwin = "", alone = ""] =
      /## Rules with a twin([^]*)## Rules that the pack alone([^]*)## Azure Policy/.exec(page) ?? [];
    const rows = [...withTwin.matchAll(/^\| `([\w-]+)` +\|/gm)].map((it) => it[1] ?? "");
    const lines = [...alone.matchAll(/^- `([\w-]+)`/gm)].map((it) => it[1] ?? "");
    expect([...rows, ...lines].sort()).toEqual(rules.map(({ name }) => name).sort());
    expect(rows.length).toBeGreaterThan(15);
  });

  it("names for a rule what refuses it, and how hard", () => {
    expect(page).toMatch(/\| `aks-no-local-accounts` +\| mandatory +\| `localAccounts` \(Deny\)/);
    expect(page).toMatch(/\| `aks-entra-rbac` +\|[^|]+\| `entraLogin` \(Audit\)/);
    expect(page).toMatch(/\| `k8s-no-privileged` +\| mandatory +\| - +\| `privileged` +\| baseline/);
  });

  it("knows twins of rules that there are, by rules of the fence that there are", () => {
    const names = rules.map(({ name }) => name);
    expect(Object.keys(clusterTwins).filter((it) => !names.includes(it))).toEqual([]);
    const fence = Object.values(clusterTwins).flatMap((it) => it.fence);
    expect(fence.filter((it) => !ruleNames.includes(it))).toEqual([]);
  });
});
