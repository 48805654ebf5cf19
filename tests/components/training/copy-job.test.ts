import { expect, test } from "vitest";
import { copyImage, copyJob, type CopyRequest } from "../../../components/training/copy-job";
import { copyScript } from "../../../components/training/copy-script";
import { podFailurePolicy } from "../../../components/training/failure-policy";

const request: CopyRequest = {
  name: "copy-data",
  namespace: "train-vision",
  team: "vision",
  from: { claim: "blob", path: "data/imagenet" },
  to: { claim: "lustre", path: "" },
  parts: 4,
  serviceAccount: "workload",
};

test("the whole job of a copy", () => {
  expect(copyJob(request)).toEqual({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: "copy-data",
      namespace: "train-vision",
      labels: {
        "azure-gpu-cluster/job": "copy-data",
        "azure-gpu-cluster/tenant": "vision",
        "kueue.x-k8s.io/queue-name": "default",
      },
    },
    spec: {
      completionMode: "Indexed",
      completions: 4,
      parallelism: 4,
      backoffLimitPerIndex: 3,
      podFailurePolicy,
      template: {
        metadata: {},
        spec: {
          restartPolicy: "Never",
          terminationGracePeriodSeconds: 10,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          serviceAccountName: "workload",
          containers: [
            {
              name: "node",
              image: copyImage,
              command: ["bash", "-c", copyScript, "copy", "/claims/blob/data/imagenet", "/claims/lustre", "4"],
              env: [],
              resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { memory: "2Gi" } },
              volumeMounts: [
                { name: "claim-blob", mountPath: "/claims/blob", readOnly: true },
                { name: "claim-lustre", mountPath: "/claims/lustre" },
              ],
            },
          ],
          volumes: [
            { name: "claim-blob", persistentVolumeClaim: { claimName: "blob" } },
            { name: "claim-lustre", persistentVolumeClaim: { claimName: "lustre" } },
          ],
        },
      },
    },
  });
});

test("a claim from which and to which is copied is mounted once, to be written", () => {
  const spec = JSON.stringify(copyJob({ ...request, to: { claim: "blob", path: "copies" } }));
  expect(spec.match(/"mountPath":"[^}]*/g)).toEqual(['"mountPath":"/claims/blob"']);
});

test.each<[what: string, more: Partial<CopyRequest>]>([
  ["the same folder", { to: request.from }],
  ["a folder in it", { to: { claim: "blob", path: "data/imagenet/copy" } }],
  ["a folder in all of it", { from: { claim: "blob", path: "" }, to: { claim: "blob", path: "copy" } }],
])("nothing is copied into %s", (_, more) => {
  expect(() => copyJob({ ...request, ...more })).toThrow("to: must not be what is copied, nor in it");
});

test("a folder whose name begins alike is another one", () => {
  expect(() => copyJob({ ...request, to: { claim: "blob", path: "data/imagenet-2" } })).not.toThrow();
});

test.each(["a//b", "./a", "a/..", "/a", "a/"])("path %j is refused", (path) => {
  expect(() => copyJob({ ...request, from: { claim: "blob", path } })).toThrow("from: must be a path from the root");
});
