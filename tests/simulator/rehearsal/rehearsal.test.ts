import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Rehearsal } from "../../../simulator/rehearsal/rehearsal";
import { plainStacks, today } from "../../stack-files";
import { describeWithEngine } from "../engine/with-engine";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe("the folder of a rehearsal", () => {
  const open = (): Rehearsal => new Rehearsal({ engine: { pulumi: "", kubeApiserver: "", etcd: "" }, folder, today });
  /** No process has this ID: Linux ends at 2^22. */
  const nobody = 2 ** 22 + 1;

  test("is of one rehearsal at a time", async () => {
    const first = open();
    expect(open).toThrow(
      `The folder ${folder} is in use: process ${process.pid} ${hostname()} rehearses there. Wait for it, or name ` +
        `another folder with --folder. If that process is no rehearsal: rm ${folder}/in-use`,
    );
    await first.close();
    await open().close();
    expect(existsSync(join(folder, "in-use"))).toBe(false);
  });

  test("is taken over from a rehearsal that was killed, without the address of its cluster", async () => {
    const address = join(folder, "simulator", "kubernetes.json");
    mkdirSync(dirname(address));
    writeFileSync(address, "{}");
    writeFileSync(join(folder, "in-use"), `${nobody} ${hostname()}`);
    const rehearsal = open();
    expect(existsSync(address)).toBe(false);
    expect(open).toThrow(`process ${process.pid} `);
    await rehearsal.close();
  });
});

describeWithEngine("the folder of a rehearsal", (engine) => {
  /** Opens the rehearsal and asks the engine for something, which starts it. */
  async function askEngine(): Promise<void> {
    const rehearsal = new Rehearsal({ engine, folder, today });
    try {
      await rehearsal.use(plainStacks.dev).state();
    } finally {
      await rehearsal.close();
    }
  }

  test("runs no program that lies in it", async () => {
    const ran = join(folder, "ran");
    const [pulumi, plugin] = [
      join(folder, "engine/bin/pulumi"),
      join(folder, "home/plugins/resource-azure-native-v3.28.0/pulumi-resource-azure-native"),
    ];
    for (const path of [pulumi, plugin]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `#!/bin/sh\necho planted >> ${ran}\n`);
      chmodSync(path, 0o755);
    }
    await askEngine();
    expect(existsSync(ran)).toBe(false);
    expect(readlinkSync(pulumi)).toBe(engine.pulumi);
    expect(existsSync(plugin)).toBe(false);
  });

  test("may hold a link to an engine that is gone", async () => {
    const link = join(folder, "engine/bin/pulumi");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(folder, "gone"), link);
    await askEngine();
    expect(readlinkSync(link)).toBe(engine.pulumi);
  });

  test("fails when others may write to it", async () => {
    chmodSync(folder, 0o777);
    await expect(askEngine()).rejects.toThrow(`The folder ${folder} may be written by other users (mode 777)`);
  });
});
