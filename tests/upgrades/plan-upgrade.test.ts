import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLock, type VersionLock } from "../../catalog/version-locks";
import { planUpgrade } from "../../upgrades/plan-upgrade";
import type { UpgradedPool, UpgradeFacts } from "../../upgrades/upgrade-facts";
import type { UpgradeStep } from "../../upgrades/upgrade-step";
import { aksPool, facts, pool } from "./upgrade-facts";

const to = findLock("2026.12");
const titles = (of: UpgradeFacts, lock: VersionLock = to): string[] =>
  planUpgrade(of, lock).steps.map(({ kind, pool: it }) => it ?? kind);

describe("planUpgrade", () => {
  it("goes from the control plane to the add-ons, the smallest pool of GPUs, and the others", () => {
    expect(titles(facts())).toEqual([
      "control-plane",
      "system-pool",
      "operators",
      "gpuPools.small",
      "cpuPools.general",
      "gpuPools.large",
    ]);
    expect(planUpgrade(facts(), to)).toMatchObject({
      canary: "small",
      stays: [],
      kubernetes: { from: "1.36", to: "1.37" },
    });
  });

  it("pins every pool before the control plane goes, and takes one pin away at a time", () => {
    const [first, , , canary] = planUpgrade(facts(), to).steps;
    const pin = (section: string, key: string, value: string | null): object => ({
      stack: "dev",
      path: [section, key, "kubernetesVersion"],
      value,
    });
    expect(first?.edits).toEqual([
      pin("gpuPools", "large", "1.36"),
      pin("gpuPools", "small", "1.36"),
      pin("cpuPools", "general", "1.36"),
      { stack: "dev", path: ["cluster", "kubernetesVersion"], value: "1.37" },
    ]);
    expect(canary?.edits).toEqual([pin("gpuPools", "small", null)]);
    expect(canary?.back.edits).toEqual([pin("gpuPools", "small", "1.36")]);
    expect(canary).toMatchObject({ canary: true, gate: true });
  });

  it("takes one domain after the other, and counts what it drains, takes and costs", () => {
    const large = planUpgrade(facts(), to).steps.at(-1);
    const upgrade = (name: string): string =>
      `az aks nodepool upgrade --resource-group rg --cluster-name aks --name ${name} --kubernetes-version 1.37`;
    expect(large?.commands.filter((it) => it.startsWith("az"))).toEqual([upgrade("larged1"), upgrade("larged2")]);
    expect(large?.drain).toEqual({ nodes: 8, gpus: 64, surgeNodes: 0, surgeVcpus: 0 });
    // Four nodes in two rounds, of 20 to 80 minutes each, twice.
    expect(large?.minutes).toEqual({ least: 80, most: 320 });
    // Four nodes for 160 minutes at 100 USD an hour, twice.
    expect(large?.usd).toBe(2133.33);
  });

  it("names of the add-ons those that are installed, and renews by hand what Helm leaves of their kinds", () => {
    const operators = (installed: readonly string[]): { title: string; commands: readonly string[]; most: number } => {
      const step = planUpgrade(facts({ installed }), to).steps.find(({ kind }) => kind === "operators");
      if (step === undefined) throw new Error("The plan has no step for add-ons.");
      return { title: step.title, commands: step.commands, most: step.minutes.most };
    };
    const [some, all] = [operators(["certManager"]), operators(["certManager", "nvidiaDraDriver"])];
    expect(some.title).toBe(
      "add-ons of lock 2026.12: certManager v1.21.2, dcgm 4.6.1-1-ubuntu24.04, docaDriver doca3.5.0-26.07-0.7.7.0-1, " +
        "sriovDevicePlugin network-operator-v26.7.0",
    );
    expect(some.commands).toEqual(["pulumi up --stack dev"]);
    expect(all.title).toContain("nvidiaDraDriver 0.5.0");
    expect(all.commands).toEqual([
      "helm show crds oci://registry.k8s.io/dra-driver-nvidia/charts/dra-driver-nvidia-gpu --version 0.5.0 | kubectl apply --server-side --filename -",
      "pulumi up --stack dev",
    ]);
    expect(all.most - some.most).toBe(10);
  });

  it("counts the surge of the system pool and what it costs, and says so where its size is not known", () => {
    const system = (more: Partial<UpgradeFacts>): UpgradeStep | undefined =>
      planUpgrade(facts(more), to).steps.find(({ kind }) => kind === "system-pool");
    // A node beside two others, of which each takes up to 50 minutes, at 0.60 USD an hour.
    expect(system({})).toMatchObject({ drain: { surgeNodes: 1, surgeVcpus: 4 }, minutes: { most: 100 }, usd: 1 });
    expect(system({ systemVcpus: null, systemUsdPerHour: null })).toMatchObject({
      drain: { surgeVcpus: null },
      usd: null,
    });
  });

  describe("whose smallest pool has several domains", () => {
    const domains = [aksPool("biggerd1", 4), aksPool("biggerd2", 3), aksPool("biggerd3", 4)];
    const pools = [
      pool("bigger", 11, { aksPools: domains }),
      pool("general", 2, { section: "cpuPools", gpusPerNode: 0 }),
    ];
    const [canary, rest, last] = planUpgrade(facts({ pools }), to).steps.slice(3);

    it("measures the smallest domain before the others are touched", () => {
      expect(canary).toMatchObject({
        title: "canary: gpuPools.bigger, AKS pool biggerd2 of Standard_ND96isr_H100_v5",
        canary: true,
        gate: true,
        commands: [
          "kubectl cordon --selector agentpool=biggerd2",
          "az aks nodepool upgrade --resource-group rg --cluster-name aks --name biggerd2 --kubernetes-version 1.37",
          "kubectl uncordon --selector agentpool=biggerd2",
        ],
        drain: { nodes: 3, gpus: 24 },
        // The file still says what the pool had, and the state, too: nothing is brought up from it until the pool is whole.
        edits: [],
        up: [],
        back: {
          edits: [],
          commands: ["az aks nodepool rollback --resource-group rg --cluster-name aks --name biggerd2"],
        },
      });
    });

    it("goes on with the rest of that pool, whose line is changed with it", () => {
      expect(rest).toMatchObject({
        title: "gpuPools.bigger, 2 AKS pools of Standard_ND96isr_H100_v5",
        pool: "gpuPools.bigger",
        edits: [{ stack: "dev", path: ["gpuPools", "bigger", "kubernetesVersion"], value: null }],
        drain: { nodes: 8, gpus: 64 },
        gate: true,
      });
      expect(rest?.canary).toBeUndefined();
      expect(rest?.commands.filter((it) => it.includes("biggerd2"))).toEqual([]);
      expect(rest?.commands).toContain("pulumi refresh --stack dev");
      // Back goes the canary, too: the file has one version for the whole pool.
      expect(rest?.back.commands).toEqual([
        ...domains.map(({ name }) => `az aks nodepool rollback --resource-group rg --cluster-name aks --name ${name}`),
        "pulumi refresh --stack dev",
      ]);
      expect(last?.pool).toBe("cpuPools.general");
    });
  });

  it("raises the control plane minor by minor, the system pool behind each", () => {
    const steps = planUpgrade(facts({ kubernetesVersion: "1.35" }), to).steps;
    expect(steps.slice(0, 4).map(({ title }) => title)).toEqual([
      "control plane from Kubernetes 1.35 to 1.36, pools stay",
      "system pool to Kubernetes 1.36, one node after the other",
      "control plane from Kubernetes 1.36 to 1.37, pools stay",
      "system pool to Kubernetes 1.37, one node after the other",
    ]);
    expect(steps[2]?.edits).toEqual([{ stack: "dev", path: ["cluster", "kubernetesVersion"], value: "1.37" }]);
  });

  it("renews nodes in place for a driver where Kubernetes stays, and leaves pools that take none", () => {
    const plan = planUpgrade(facts({ kubernetesVersion: "1.37" }), to);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(["operators", "pool", "pool"]);
    expect(plan.steps[1]?.commands).toContain(
      "az aks nodepool upgrade --resource-group rg --cluster-name aks --name small --node-image-only",
    );
    expect(plan.stays).toEqual([
      { pool: "cpuPools.general", because: "neither Kubernetes nor a driver of its nodes changes" },
    ]);
  });

  it("does not touch a pool that a snapshot holds or that has a version of its own", () => {
    const pools = [pool("held", 1, { held: true }), pool("own", 1, { kubernetesVersion: "1.35" }), pool("other", 3)];
    const plan = planUpgrade(facts({ pools }), to);
    expect(plan.canary).toBe("other");
    expect(plan.stays.map((it) => it.pool)).toEqual(["gpuPools.held", "gpuPools.own"]);
    expect(plan.steps.flatMap(({ edits }) => edits.map(({ path }) => path[1]))).not.toContain("held");
  });

  it("installs the add-ons first where the old ones are not known to run on the new Kubernetes", () => {
    const lock: VersionLock = {
      ...findLock("2026.10"),
      kubernetes: { version: "1.36", newest: "1.36", source: "a test" },
    };
    expect(titles(facts({ lock })).slice(0, 3)).toEqual(["operators", "control-plane", "system-pool"]);
    expect(() => planUpgrade(facts({ lock, kubernetesVersion: "1.33" }), to)).toThrow(
      /are not known to run on Kubernetes 1\.37, and those of 2026\.12 do not run on 1\.33: nvidiaDraDriver/,
    );
  });

  it("leaves a lock that was retired first: nothing can be brought up under it", () => {
    expect(titles(facts({ retired: true })).slice(0, 3)).toEqual(["operators", "control-plane", "system-pool"]);
    expect(() => planUpgrade(facts({ retired: true, kubernetesVersion: "1.33" }), to)).toThrow(
      /2026\.10 was retired, and those of 2026\.12 do not run on 1\.33/,
    );
  });

  it("renews each node that may be once, one domain of the smallest pool first of those with GPUs, in any environment", () => {
    const anyPool = fc.record({
      domains: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
      held: fc.boolean(),
      gpu: fc.boolean(),
      own: fc.boolean(),
    });
    const nodesOf = (it: UpgradedPool): number => it.aksPools.reduce((sum, { nodes }) => sum + nodes, 0);
    fc.assert(
      fc.property(fc.array(anyPool, { minLength: 1, maxLength: 8 }), (given) => {
        const pools = given.map(({ domains, held, gpu, own }, at) =>
          pool(`p${at}`, 0, {
            held,
            section: gpu ? "gpuPools" : "cpuPools",
            gpusPerNode: gpu ? 8 : 0,
            kubernetesVersion: own ? "1.36" : null,
            aksPools: domains.map((nodes, domain) => aksPool(`p${at}d${domain}`, nodes)),
          }),
        );
        const { steps, stays } = planUpgrade(facts({ pools }), to);
        for (const it of pools) {
          const name = `${it.section}.${it.key}`;
          const own = steps.filter((step) => step.pool === name);
          const drained = own.reduce((sum, { drain }) => sum + (drain?.nodes ?? 0), 0);
          expect(drained).toBe(stays.some((stay) => stay.pool === name) ? 0 : nodesOf(it));
          // Its line of the file is changed once, with its last step.
          expect(own.filter(({ edits }) => edits.length > 0)).toEqual(own.slice(-1));
        }
        const [first] = steps.filter((it) => it.pool?.startsWith("gpuPools.") === true);
        if (first === undefined) return;
        const renewed = pools.filter((it) => steps.some((step) => step.pool === `gpuPools.${it.key}`));
        const smallest = Math.min(...renewed.map(nodesOf));
        expect(first.canary).toBe(true);
        expect(
          renewed
            .filter((it) => nodesOf(it) === smallest)
            .map(({ aksPools }) => Math.min(...aksPools.map(({ nodes }) => nodes))),
        ).toContain(first.drain?.nodes);
        expect(steps.filter(({ canary }) => canary === true)).toHaveLength(1);
      }),
    );
  });
});
