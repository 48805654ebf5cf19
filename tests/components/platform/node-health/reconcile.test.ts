import { expect, it } from "vitest";
import { driverFaults } from "../../../../catalog/driver-faults";
import type { Api } from "../../../../components/platform/node-health/controller/api";
import { reconcile } from "../../../../components/platform/node-health/controller/reconcile";
import type { ControllerConfig } from "../../../../components/platform/node-health/controller-config";

const config: ControllerConfig = {
  namespace: "node-health",
  pools: {
    h100: {
      devices: { "nvidia.com/gpu": 8 },
      expected: {
        gpus: 8,
        disks: 0,
        hcas: 0,
        gbitsPerSecondPerHca: 0,
        gpuDirect: false,
        linkFlaps: 4,
        reader: "nvidia-smi",
        driverFaults: driverFaults.nvidia,
        floors: {
          hostCopyGBps: null,
          peerCopyGBps: null,
          allReduceGBps: null,
          infinibandWriteGbps: null,
          allReducePairGBps: null,
          gemmTflops: null,
        },
      },
    },
  },
  remediate: "observe",
  maxClosedPercent: 10,
  coolDownMinutes: 10,
  recheckHours: 168,
  retryHours: 1,
  deadlineMinutes: 60,
};
const node = (name: string): object => ({
  metadata: { name, resourceVersion: "1", labels: { "azure-gpu-cluster/pool": "h100" } },
  status: { nodeInfo: { bootID: "x" }, conditions: [{ type: "Ready", status: "True" }] },
});

/** An API server with two pages of nodes. It refuses to change some of them. */
function server(refused: readonly string[]): { readonly api: Api; readonly changed: string[] } {
  const changed: string[] = [];
  const api: Api = {
    request(method, path) {
      const { pathname, searchParams } = new URL(path, "https://x");
      const name = pathname.split("/").at(-1) ?? "";
      const answer = (status: number, body: unknown): ReturnType<Api["request"]> => Promise.resolve({ status, body });
      if (method === "GET" && name === "nodes") {
        return searchParams.get("continue") === "more"
          ? answer(200, { metadata: {}, items: [node("c")] })
          : answer(200, { metadata: { continue: "more" }, items: [node("a"), node("b")] });
      }
      if (method === "GET") return pathname.includes("health.aks.io") ? answer(404, {}) : answer(200, { items: [] });
      if (refused.includes(name)) return answer(409, { message: "the object has been modified" });
      changed.push(name);
      return answer(200, node(name));
    },
  };
  return { api, changed };
}

it("looks at all pages of nodes", async () => {
  const { api, changed } = server([]);
  await reconcile({ api, config, now: 0, log: () => undefined, remedies: { close: 0, drain: 0 } });
  expect(changed).toEqual(["a", "b", "c"]);
});

it("goes on with the others when a node has been changed by somebody else", async () => {
  const { api, changed } = server(["b"]);
  const lines: string[] = [];
  await reconcile({ api, config, now: 0, log: (line) => lines.push(line), remedies: { close: 0, drain: 0 } });
  expect(changed).toEqual(["a", "c"]);
  expect(lines).toContain('b: PATCH /api/v1/nodes/b: 409 {"message":"the object has been modified"}');
});
