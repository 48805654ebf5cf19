import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../core/problems";
import { checkpointLines } from "../../preview/checkpoint-lines";
import { preview } from "../../preview/preview";
import { type CheckpointEstimate, checkpointEstimates } from "../../stacks/checkpoint-estimates";
import { previewOnce, shippedPreview } from "../shipped-previews";
import { plainStacks, today } from "../stack-files";

const estimate: CheckpointEstimate = {
  namespace: "train-language",
  gpus: 512,
  checkpointGiB: 913,
  assumed: true,
  hoursBetweenInterruptions: 99,
  saving: {
    writeMBps: 64_000,
    saveSeconds: 15.3,
    intervalMinutes: 54.9,
    lostPercent: { usual: 1.1, frequent: 1.55 },
  },
};

describe("estimates", () => {
  it("of teams of another stack follow from the Lustre of that stack", async () => {
    const { checkpoints } = await shippedPreview("prod-workloads");
    expect(checkpoints.map(({ namespace }) => namespace)).toEqual(["train-language", "train-vision"]);
    expect(checkpoints[0]).toEqual(estimate);
  });

  it("where there is Blob storage alone tell of interruptions, and of no rate", async () => {
    const { checkpoints } = await previewOnce(plainStacks.dev);
    expect(checkpoints).toEqual([
      {
        namespace: "train-vision",
        gpus: 16,
        checkpointGiB: 913,
        assumed: true,
        hoursBetweenInterruptions: 3170,
        saving: null,
      },
    ]);
  });

  it.each([
    ["one InfiniBand domain", "rdma/ib", 64],
    ["the whole share without InfiniBand", null, 128],
  ])("are for a job in %s, which writes no faster than its nodes", (_, rdmaResource, gpus) => {
    const pool = { key: "h100", size: "Standard_ND96isr_H100_v5", gpusPerNode: 8, maxNodes: 17, spareNodes: 1 };
    const fabric = { gpuStack: "gpu-operator", memlock: "node", rdmaResource, migProfile: null } as const;
    const [made] = checkpointEstimates(
      [{ kind: "training", team: "vision", pool: "h100", gpus: 128, groupObjectId: "", checkpointGiB: 104 }].map(
        (it) =>
          ({
            ...it,
            kind: "training",
            cpuShares: {},
            egress: "closed",
            reach: [],
            ingressFrom: [],
            secrets: [],
          }) as const,
      ),
      { gpuPools: [{ ...pool, ...fabric, nodePools: ["a", "b"] }], lustre: { mgsAddress: "10.0.0.4", sizeTiB: 128 } },
      1e6,
    );
    expect(made).toMatchObject({ gpus, checkpointGiB: 104, assumed: false });
    // 80 Gb/s are 10 GB/s for each node.
    expect(made?.saving?.writeMBps).toBe((gpus / 8) * 10_000);
  });

  it("take the size that a team says, which is none of nothing", async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "checkpoints-")), "Pulumi.dev.yaml");
    const written = (size: string): void => {
      const text = readFileSync(plainStacks.dev, "utf8");
      writeFileSync(file, text.replace("vision: { pool: h100,", `vision: { pool: h100, checkpointGiB: ${size},`));
    };
    written("104");
    expect((await preview(file, { today })).checkpoints[0]).toMatchObject({ checkpointGiB: 104, assumed: false });
    written("0");
    await expect(preview(file, { today })).rejects.toThrow(MisconfiguredError);
    await expect(preview(file, { today })).rejects.toThrow(
      /trainingTeams\.vision\.checkpointGiB.*whole number of GiB from 1/,
    );
  });
});

describe("what is printed", () => {
  it("is a line for each team, and what the figures take for granted", () => {
    expect(
      checkpointLines([estimate, { ...estimate, namespace: "train-audio", assumed: false, saving: null }]),
    ).toEqual([
      "  train-language: a job on 512 GPUs is interrupted every 99 hours; 913 GiB* are saved in 15.3 s at 64,000 MB/s, best every 54.9 minutes: 1.1 to 1.55 % of the time is lost",
      "  train-audio: a job on 512 GPUs is interrupted every 99 hours; what Blob storage takes of its checkpoints in a second nobody promises, so measure it (npm run verify)",
      "  Estimates, from interruptions of others' clusters: Meta's training of Llama 3 first, and a research cluster second.",
      "  A restart takes 10 minutes, and a job stands still while it saves: one that saves beside its work loses less.",
      "  * the size of a model of 70 billion parameters with AdamW; write checkpointGiB at the team for yours",
    ]);
  });

  it("is nothing without teams that train", () => expect(checkpointLines([])).toEqual([]));
});
