import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { healthScript } from "../../../../components/compute/gpu-scale-set/health-script";
import { planGpuScaleSet } from "../../../../components/compute/gpu-scale-set/plan";
import { settingsFiles } from "../../../../components/compute/gpu-scale-set/settings-files";
import type { GpuScaleSetShape } from "../../../../components/compute/gpu-scale-set/shape";
import { nodeParameters, slurmConf } from "../../../../components/compute/slurm/slurm-conf";
import { place, problemsOf } from "../../../recorded";

const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`;

function planned(settings: Partial<GpuScaleSetShape>) {
  const shape = { size: "Standard_HB176rs_v4", nodes: 2, imageVersion: "24.04.2026072901", sshPublicKeys: [key] };
  return planGpuScaleSet("mpi", { ...shape, ...settings }, { ...place, location: "" });
}

/** Files by their path, of settings that a plan took. */
function filesOf(settings: Partial<GpuScaleSetShape>): ReadonlyMap<string, string> {
  const { nodeSetup } = planned(settings);
  if (nodeSetup.settings === undefined) throw new Error("no settings");
  return new Map(settingsFiles(nodeSetup.settings).map((it) => [it.path, it.content]));
}

const script = "/usr/local/sbin/node-settings";

describe("settings of nodes without Kubernetes", () => {
  it("leave nodes as the image has them where nothing is said", () => {
    expect(planned({}).nodeSetup).not.toHaveProperty("settings");
  });

  it("have the names of pools, and reach the files that Linux reads", () => {
    const files = filesOf({
      linuxOSConfig: { sysctls: { vmMaxMapCount: 1_048_576, netIpv4TcpTwReuse: true, fsNrOpen: 2_000_000 } },
      ulimits: { noFile: 2_000_000 },
    });
    expect(Object.fromEntries(files)).toEqual({
      "/etc/sysctl.d/99-node-settings.conf":
        "fs.nr_open = 2000000\nnet.ipv4.tcp_tw_reuse = 1\nvm.max_map_count = 1048576\n",
      "/etc/security/limits.d/91-node-settings.conf":
        "* soft nofile 2000000\n* hard nofile 2000000\nroot soft nofile 2000000\nroot hard nofile 2000000\n",
      "/etc/systemd/system.conf.d/91-node-settings.conf": "[Manager]\nDefaultLimitNOFILE=2000000\n",
      [script]: "#!/usr/bin/env bash\nset -euo pipefail\nsysctl --quiet --load=/etc/sysctl.d/99-node-settings.conf\n",
      "/etc/systemd/system/node-settings.service": expect.stringContaining(`ExecStart=${script}\n`) as string,
    });
  });

  it("take what huge pages take from jobs of Slurm, too", () => {
    const { slurm } = planned({ slurm: {}, hugePages: { size: "1Gi", count: 64 } });
    if (slurm === null) throw new Error("no Slurm");
    const { size } = slurm.cluster;
    const perCpu = (hugeGiB: number) => Math.floor(((size.memoryGiB * 0.95 - hugeGiB) * 1024) / size.vcpus);
    expect(slurmConf(slurm.cluster, "10.0.0.4")).toContain(`DefMemPerCPU=${perCpu(64)}\n`);
    expect(nodeParameters(slurm.cluster)).toBe("MemSpecLimit=65536");
    const without = planned({ slurm: {} }).slurm;
    if (without === null) throw new Error("no Slurm");
    expect(slurmConf(without.cluster, "10.0.0.4")).toContain(`DefMemPerCPU=${perCpu(0)}\n`);
    expect(nodeParameters(without.cluster)).toBeNull();
  });

  it("leave jobs a limit at the most pages: none at all would be no limit", () => {
    const { slurm } = planned({ slurm: {}, hugePages: { size: "1Gi", count: 652 } });
    if (slurm === null) throw new Error("no Slurm");
    const [, megabytes = "0"] = /DefMemPerCPU=(\d+)/.exec(slurmConf(slurm.cluster, "10.0.0.4")) ?? [];
    expect(Number(megabytes)).toBeGreaterThan(256);
  });

  it.each<[string, Partial<GpuScaleSetShape>, string]>([
    [
      "more huge pages than memory",
      { hugePages: { size: "1Gi", count: 750 } },
      "hugePages.count: must be a whole number from 1 to 652: of the 768 GiB of Standard_HB176rs_v4 the kernel, services and other memory of jobs keep 15 %; got 750. Use 652",
    ],
    [
      "more open files than the kernel lets a process have",
      { ulimits: { noFile: 2_000_000 } },
      "ulimits.noFile: must be a whole number from 1024 to 1048576, which linuxOSConfig.sysctls.fsNrOpen bounds; got 2000000. Use 1048576",
    ],
    [
      "a setting out of its bounds",
      { linuxOSConfig: { sysctls: { vmSwappiness: 101 } } },
      "linuxOSConfig.sysctls.vmSwappiness: must be a whole number from 0 to 100: it is vm.swappiness; got 101. Use 100",
    ],
  ])("refuse %s", (_, settings, problem) => {
    expect(problemsOf(() => planned(settings))).toEqual([problem]);
  });

  describe("the script of a boot", () => {
    let folder = "";
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), "settings-"));
      mkdirSync(path.join(folder, "transparent_hugepage"));
      mkdirSync(path.join(folder, "hugepages/hugepages-1048576kB"), { recursive: true });
      mkdirSync(path.join(folder, "bin"));
      for (const command of ["sysctl", "modprobe"]) {
        const file = path.join(folder, "bin", command);
        writeFileSync(file, `#!/bin/sh\necho "${command} $*" >> ${folder}/ran\n`);
        chmodSync(file, 0o755);
      }
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    /** Runs the script of settings on a folder in place of the kernel's. */
    function boot(settings: Partial<GpuScaleSetShape>, patch = (text: string): string => text) {
      const text = (filesOf(settings).get(script) ?? "").replaceAll("/sys/kernel/mm", folder);
      const environment = { ...process.env, PATH: `${folder}/bin:${process.env["PATH"] ?? ""}` };
      return spawnSync("bash", ["-c", patch(text)], { encoding: "utf8", env: environment });
    }

    const pages = { hugePages: { size: "1Gi", count: 8 } } as const;

    it("sets what has no file of its own", () => {
      const linuxOSConfig = {
        transparentHugePageEnabled: "never",
        sysctls: { netNetfilterNfConntrackMax: 1_000_000 },
      } as const;
      const { status, stderr } = boot({ ...pages, linuxOSConfig });
      expect([status, stderr]).toEqual([0, ""]);
      const written = (file: string) => readFileSync(path.join(folder, file), "utf8");
      expect(written("transparent_hugepage/enabled")).toBe("never\n");
      expect(written("hugepages/hugepages-1048576kB/nr_hugepages")).toBe("8\n");
      expect(written("ran")).toBe("modprobe nf_conntrack\nsysctl --quiet --load=/etc/sysctl.d/99-node-settings.conf\n");
    });

    it("fails, and says how many there are, where the kernel found fewer pages", () => {
      const { status, stderr } = boot(pages, (text) => text.replace('echo 8 > "$pages"', 'echo 5 > "$pages"'));
      expect([status, stderr]).toEqual([1, "5 of 8 huge pages\n"]);
    });
  });

  describe("the health probe", () => {
    let folder = "";
    beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "health-"))));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    /** Asks the probe once, on a machine with one active port and so many huge pages. */
    function ask(settings: Partial<GpuScaleSetShape>, pages: number | null): { status: number; said: string } {
      rmSync(folder, { recursive: true });
      const port = path.join(folder, "infiniband/mlx5_ib0/ports/1");
      mkdirSync(port, { recursive: true });
      writeFileSync(path.join(port, "link_layer"), "InfiniBand\n");
      writeFileSync(path.join(port, "state"), "4: ACTIVE\n");
      const kernel = path.join(folder, "hugepages/hugepages-1048576kB");
      mkdirSync(kernel, { recursive: true });
      if (pages !== null) writeFileSync(path.join(kernel, "nr_hugepages"), `${pages}\n`);
      const script = healthScript(planned(settings).nodeSetup)
        .replaceAll("/sys/class/infiniband", path.join(folder, "infiniband"))
        .replaceAll("/sys/kernel/mm", folder)
        // One request to a port that is free, and the program ends.
        .replace(/^http\.server\.ThreadingHTTPServer.*$/m, once);
      const { stdout, stderr, status } = spawnSync("python3", ["-c", script], { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
      const [answered = "", ...said] = stdout.split("\n");
      return { status: Number(answered), said: said.join("\n").trim() };
    }

    const once = `import threading, urllib.error, urllib.request
server = http.server.HTTPServer(("127.0.0.1", 0), Health)
threading.Thread(target=server.handle_request).start()
try:
    answer = urllib.request.build_opener(urllib.request.ProxyHandler({})).open("http://127.0.0.1:%d/healthz" % server.server_port, timeout=20)
except urllib.error.HTTPError as refused:
    answer = refused
print(answer.status)
print(answer.read().decode())`;
    const pages = { hugePages: { size: "1Gi", count: 8 } } as const;
    const names = "gpus, InfiniBand ports and huge pages";

    it.each([
      ["at what was asked for", 8, 200, `${names}: (0, 1, 8), expected (0, 1, 8)`],
      ["above it", 9, 200, `${names}: (0, 1, 8), expected (0, 1, 8)`],
      ["one page below", 7, 503, `${names}: (0, 1, 7), expected (0, 1, 8)`],
      ["without any", 0, 503, `${names}: (0, 1, 0), expected (0, 1, 8)`],
    ])("looks at huge pages: %s", (_, found, status, said) => {
      expect(ask(pages, found)).toEqual({ status, said });
    });

    it("is not content with a kernel that has no pages of the size", () => {
      const { status, said } = ask(pages, null);
      expect(status).toBe(503);
      expect(said).toMatch(/No such file or directory: .*1048576kB\/nr_hugepages.*, expected \(0, 1, 8\)$/);
    });

    it("does not look at them where none were asked for", () => {
      const said = "gpus and InfiniBand ports: (0, 1), expected (0, 1)";
      expect(ask({ ulimits: { noFile: 65_536 } }, 0)).toEqual({ status: 200, said });
      expect(ask({}, null)).toEqual({ status: 200, said });
    });
  });
});
