import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setupFiles } from "../../../../components/compute/slurm/setup-files";

const keyStore = { accountName: "stgpudev", containerName: "scale-set-slurm-key", identityClientId: "c11e" };

function script(role: "head" | "node"): string {
  return setupFiles(role, keyStore).find((it) => it.path === "/usr/local/sbin/slurm-setup")?.content ?? "";
}

/** Stands in for curl: the metadata service, and a container that is a folder. Its arguments and its standard input are logged. */
const curl = (site: string): string => `#!/bin/bash
case "$*" in *169.254.169.254*) echo "token $*" >> ${site}/calls; echo '{"access_token": "t0ken"}'; exit;; esac
echo "$(cat) | $*" >> ${site}/calls
while [ $# -gt 0 ]; do
  case "$1" in
    --output) out=$2; shift;;
    --data-binary) put=\${2#@}; shift;;
  esac
  shift
done
if [ -n "$put" ]; then
  [ ! -e ${site}/blob ] && cp "$put" ${site}/blob || exit 22
else
  [ -e ${site}/blob ] && cp ${site}/blob "$out" || { echo "curl: (22) 404" >&2; exit 22; }
fi
`;

/** The rule by which root alone gets a token of the machine. */
const toOthers = "OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner root --jump REJECT";

describe("the script that sets Slurm up", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "slurm-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A machine of stand-ins, which remember what they were asked. */
  function machine(name: string, answers: Readonly<Record<string, string>> = {}) {
    const bin = join(folder, name);
    mkdirSync(join(bin, "etc/munge"), { recursive: true });
    mkdirSync(join(bin, "etc/apt/sources.list.d"), { recursive: true });
    writeFileSync(
      join(bin, "etc/apt/sources.list.d/slurm.list"),
      "deb [signed-by=/k.gpg] https://packages.microsoft.com/repos/slurm-ubuntu-noble/ insiders main\n",
    );
    writeFileSync(join(bin, "etc/nsswitch.conf"), "passwd:         files systemd\ngroup: files\nshadow: files\n");
    const loud = ["apt-get", "apt-mark", "useradd", "systemctl", "mkfs.ext4", "mount", "chown", "iptables"];
    const programs = {
      ...Object.fromEntries(loud.map((it) => [it, ""])),
      id: "exit 1",
      iptables: "[[ $2 != --check ]]",
      "dpkg-query": "exit 1",
      mountpoint: "exit 1",
      blkid: "exit 2",
      // Without its owner: there is no user of that name here.
      install: `for last; do :; done; cp "\${@: -2:1}" "$last"; chmod 0400 "$last"; echo "install $1 $2 $3" >> ${bin}/log`,
      ...answers,
    };
    for (const [program, answer] of Object.entries(programs)) {
      const log = loud.includes(program) ? `echo "${program} $*" >> ${bin}/log\n` : "";
      writeFileSync(join(bin, program), `#!/bin/bash\n${log}${answer}\n`);
      chmodSync(join(bin, program), 0o755);
    }
    writeFileSync(join(bin, "curl"), curl(bin));
    chmodSync(join(bin, "curl"), 0o755);
    const run = (role: "head" | "node") => {
      const text = script(role)
        .replaceAll("/etc/", `${bin}/etc/`)
        .replaceAll("/var/spool/slurmctld", `${bin}/state`)
        .replaceAll("/dev/disk/azure", `${bin}/disks`);
      const { status, stderr } = spawnSync("bash", ["--norc", "-c", text], {
        env: { PATH: `${bin}:/usr/bin:/bin` },
        encoding: "utf8",
      });
      const asked = existsSync(join(bin, "log")) ? readFileSync(join(bin, "log"), "utf8") : "";
      rmSync(join(bin, "log"), { force: true });
      return { status, stderr, asked: asked.trim().replaceAll(bin, "").split("\n") };
    };
    return { at: (path: string) => join(bin, path), run };
  }

  it("makes the key and the file system of a new head, and starts the controller", () => {
    const head = machine("head");
    mkdirSync(head.at("disks/scsi1"), { recursive: true });
    writeFileSync(head.at("disks/scsi1/lun0"), "");
    const { status, asked } = head.run("head");
    expect(status).toBe(0);
    expect(asked).toEqual([
      `iptables --wait --check ${toOthers}`,
      `iptables --wait --insert ${toOthers}`,
      "mkfs.ext4 -q -L slurm-state /disks/scsi1/lun0",
      "mount LABEL=slurm-state /state",
      "useradd --uid 11100 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin slurm",
      "apt-get update --quiet -o DPkg::Lock::Timeout=600",
      "apt-get install --quiet --yes -o DPkg::Lock::Timeout=600 munge",
      "install --owner=munge --group=munge --mode=0400",
      "systemctl restart munge",
      "systemctl mask --runtime slurmctld",
      "apt-get install --quiet --yes -o DPkg::Lock::Timeout=600 --allow-change-held-packages slurm-smd=25.11.5* slurm-smd-client=25.11.5* slurm-smd-slurmctld=25.11.5*",
      "apt-mark hold slurm-smd slurm-smd-client slurm-smd-slurmctld",
      "chown slurm:slurm /state",
      "systemctl unmask --runtime slurmctld",
      "systemctl enable slurmctld",
      "systemctl start --no-block slurmctld",
    ]);
    const key = readFileSync(head.at("etc/munge/munge.key"));
    expect(key).toHaveLength(1024);
    expect(readFileSync(head.at("blob"))).toEqual(key);
    expect(readFileSync(head.at("etc/apt/sources.list.d/slurm.list"), "utf8")).toContain(
      "/slurm-ubuntu-noble/ stable main",
    );
  });

  it("takes the key of the container on a head that was made anew, and the file system that is there", () => {
    const head = machine("anew", { blkid: "exit 0" });
    writeFileSync(head.at("blob"), "the key of before");
    const { status, asked } = head.run("head");
    expect(status).toBe(0);
    expect(asked).not.toContainEqual(expect.stringContaining("mkfs"));
    expect(readFileSync(head.at("etc/munge/munge.key"), "utf8")).toBe("the key of before");
    expect(readFileSync(head.at("calls"), "utf8")).not.toContain("PUT");
  });

  it("changes nothing on a machine that has all of it", () => {
    const head = machine("rebooted", {
      ...{ id: "", mountpoint: "", munged: "", iptables: "" },
      "dpkg-query": "printf 25.11.5-1",
    });
    writeFileSync(head.at("blob"), "key");
    writeFileSync(head.at("etc/munge/munge.key"), "key");
    expect(head.run("head")).toEqual({
      status: 0,
      stderr: "",
      asked: [
        `iptables --wait --check ${toOthers}`,
        "chown slurm:slurm /state",
        ...["unmask --runtime", "enable", "start --no-block"].map((it) => `systemctl ${it} slurmctld`),
      ],
    });
  });

  it("lets no installation start the daemon, which waits for this script: not after one that was cut off, either", () => {
    const cut = machine("cut", { "apt-get": `[[ $* != *slurmd* ]] || exit 100` });
    writeFileSync(cut.at("blob"), "key");
    const { status, asked } = cut.run("node");
    expect(status).toBe(100);
    expect(asked.filter((it) => it.startsWith("systemctl")).at(-1)).toBe("systemctl mask --runtime slurmd");
    writeFileSync(cut.at("dpkg-query"), "#!/bin/bash\nprintf 25.11.5-1\n");
    expect(cut.run("node").asked.filter((it) => it.startsWith("systemctl"))).toEqual([
      "systemctl unmask --runtime slurmd",
      "systemctl enable slurmd",
      "systemctl start --no-block slurmd",
    ]);
  });

  it("fails on a node while no head has made a key, and joins when it is there", () => {
    const node = machine("node");
    const early = node.run("node");
    expect({ status: early.status, stderr: early.stderr }).toEqual({ status: 22, stderr: "curl: (22) 404\n" });
    expect(early.asked).not.toContainEqual(expect.stringContaining("slurm-smd"));
    expect(existsSync(node.at("etc/munge/munge.key"))).toBe(false);

    writeFileSync(node.at("blob"), "key");
    const { status, asked } = node.run("node");
    expect(status).toBe(0);
    expect(asked.slice(-8)).toEqual([
      "install --owner=munge --group=munge --mode=0400",
      "systemctl restart munge",
      "systemctl mask --runtime slurmd",
      "apt-get install --quiet --yes -o DPkg::Lock::Timeout=600 --allow-change-held-packages slurm-smd=25.11.5* slurm-smd-client=25.11.5* slurm-smd-slurmd=25.11.5* slurm-smd-libnss-slurm=25.11.5*",
      "apt-mark hold slurm-smd slurm-smd-client slurm-smd-slurmd slurm-smd-libnss-slurm",
      "systemctl unmask --runtime slurmd",
      "systemctl enable slurmd",
      "systemctl start --no-block slurmd",
    ]);
    expect(readFileSync(node.at("etc/munge/munge.key"), "utf8")).toBe("key");
    node.run("node");
    expect(readFileSync(node.at("etc/nsswitch.conf"), "utf8")).toBe(
      "passwd:         slurm files systemd\ngroup: slurm files\nshadow: files\n",
    );
  });

  it("asks as the identity of the machines, never over a key that is there, and shows nobody a token", () => {
    const head = machine("asks", { blkid: "exit 0" });
    head.run("head");
    const calls = readFileSync(head.at("calls"), "utf8").trim().split("\n");
    expect(calls.filter((it) => it.startsWith("token"))).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining("&client_id=c11e") as unknown),
    );
    const asked = calls.filter((it) => !it.startsWith("token"));
    expect(asked.map((it) => /--request \S+/.exec(it)?.[0])).toEqual([undefined, "--request PUT", undefined]);
    expect(asked[1]).toContain("--header x-ms-blob-type: BlockBlob --header If-None-Match: *");
    for (const it of asked) {
      expect(it).toMatch(
        /^Authorization: Bearer t0ken \| .*https:\/\/stgpudev\.blob\.core\.windows\.net\/scale-set-slurm-key\/munge\.key$/,
      );
      expect(it.split(" | ")[1]).not.toContain("t0ken");
    }
  });

  it.runIf(spawnSync("shellcheck", ["--version"]).status === 0)("has no fault that shellcheck knows", () => {
    for (const role of ["head", "node"] as const) {
      const { status, stdout } = spawnSync("shellcheck", ["--shell=bash", "-"], {
        input: script(role),
        encoding: "utf8",
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    }
  });
});
