import { expect, test } from "vitest";
import { kueueReason, podReason } from "../../cli/job-words";

const noFit = "couldn't assign flavors to pod set node: ";
const placeless =
  "insufficient quota for nvidia.com/gpu in flavor without-devices, previously considered podsets requests (0) + current podset request (16) > maximum capacity (0)";
const domain = "it needs 70 free nodes in one InfiniBand domain, and the one with the most room has 66";

// As Kueue 0.19.2 writes them: the first ones were recorded from it, the others are in its source and its tests.
test.each([
  [
    `${noFit}insufficient unused quota for nvidia.com/gpu in flavor h100, 8 more needed, insufficient unused quota for rdma/ib in flavor h100, 8 more needed, Flavor "without-devices" does not support TopologyAwareScheduling`,
    "8 GPUs more must become free for the team in pool h100: other jobs have them",
  ],
  [
    `${noFit}${placeless}, insufficient unused quota for rdma/ib in flavor h100, 8 more needed`,
    "8 rdma/ib more must become free for the team in pool h100: other jobs have them",
  ],
  [
    `${noFit}insufficient quota for nvidia.com/gpu in flavor h100, previously considered podsets requests (8) + current podset request (56) > maximum capacity (32)`,
    "it asks for 64 GPUs, and the team gets 32 at most, its share and what it may borrow: it never starts, ask for fewer",
  ],
  [`${noFit}topology "infiniband" allows to fit only 66 out of 70 pod(s)`, domain],
  [
    `${noFit}topology "infiniband" allows to fit only 66 out of 70 pod(s). Total nodes: 132; excluded: nodeSelector: 2, resource "nvidia.com/gpu": 60, taint "azure-gpu-cluster/unhealthy": 3`,
    `${domain}; of 132 nodes 2 have other labels than it asks for, 60 have no free GPUs, 3 are closed by the taint azure-gpu-cluster/unhealthy`,
  ],
  [
    `${noFit}topology "infiniband" doesn't allow to fit any of 4 pod(s)`,
    "it needs 4 free nodes in one InfiniBand domain, and no domain has a free node",
  ],
  [
    `${noFit}insufficient unused quota for nvidia.com/gpu in flavor h100, 8 more needed. Pending the preemption of 2 workload(s)`,
    "8 GPUs more must become free for the team in pool h100: other jobs have them; 2 jobs are being stopped to make room for it",
  ],
  ["Workload is pending evaluation in the scheduling queue", "Kueue has not looked at it yet"],
  [
    "Bypassed scheduling evaluation because an equivalent workload recently failed",
    "a job of the same shape did not fit a moment ago: Kueue looks again when something ends",
  ],
  ["LocalQueue large doesn't exist", "the team has no queue large: it never starts, submit it to the team's queue"],
  ["ClusterQueue train-vision is inactive", "the team's queue stands still: ask the platform team"],
  ["The ClusterQueue is stopped", "the team's queue stands still: ask the platform team"],
  [
    "ClusterQueue train-vision doesn't exist",
    "the share train-vision behind the team's queue is not there: ask the platform team",
  ],
  [
    `${noFit}resource rdma/other unavailable in ClusterQueue`,
    "it asks for rdma/other, which the team's queue does not share out: it never starts",
  ],
  [`${noFit}flavor h100 doesn't match node affinity`, "it asks for nodes with labels that pool h100 does not have"],
  [
    `${noFit}Flavor "h100" supports only TopologyAwareScheduling`,
    "it does not ask for one InfiniBand domain, which pool h100 wants of every job",
  ],
  [
    "Preempted to accommodate a workload (UID: 1, JobUID: 2) due to prioritization in the ClusterQueue; preemptor path: /cluster/a; preemptee path: /cluster/a",
    "it was stopped for a job of the team with a higher priority, and queues anew",
  ],
  [
    "Preempted to accommodate a workload (UID: 1, JobUID: 2) due to reclamation within the cohort; preemptor path: /cluster/b; preemptee path: /cluster/a",
    "it was stopped because the team that owns the borrowed GPUs wants them back, and queues anew",
  ],
  [
    "Preempted to accommodate a workload (UID: 1, JobUID: 2) due to Fair Sharing within the cohort; preemptor path: /cluster/b; preemptee path: /cluster/a",
    "it was stopped because its team had borrowed more than others, and queues anew",
  ],
  [
    "Exceeded the PodsReady timeout train-vision/trainjob-a-1b2c3",
    "not all of its pods were ready in time: it gave its nodes back, and queues anew",
  ],
  [
    "Workload was evicted as there was no replacement for unhealthy node(s): aks-h100d1-10000000-vmss000001",
    "it lost aks-h100d1-10000000-vmss000001, and no other node of its InfiniBand domain is free: it queues anew",
  ],
  [
    "The workload is deactivated due to exceeding the maximum number of re-queuing retries",
    "it never got all of its pods ready and was put aside: cancel it, and submit it when that is mended",
  ],
])("Kueue's %j in plain words", (said, plain) => {
  expect(kueueReason(said)).toEqual({ plain, said });
});

test.each([
  [
    "0/8 nodes are available: 6 Insufficient nvidia.com/gpu, 2 node(s) had untolerated taint {x: y}. preemption: 0/8 nodes are available: 8 No preemption victims found for incoming pod.",
    "no node takes the pod, 0 of 8: 6 Insufficient nvidia.com/gpu, 2 node(s) had untolerated taint {x: y}",
  ],
  [
    'ImagePullBackOff Back-off pulling image "nvcr.io/nvidia/pytorch:26.08-py4"',
    "the image nvcr.io/nvidia/pytorch:26.08-py4 cannot be pulled: look at its name, its tag and who may read it",
  ],
  [
    'Error creating: pods "a-node-0-0-" is forbidden: exceeded quota: team, requested: requests.nvidia.com/gpu=8, used: requests.nvidia.com/gpu=32, limited: requests.nvidia.com/gpu=32',
    "the quota of the namespace is full: asked for are requests.nvidia.com/gpu=8, in use are requests.nvidia.com/gpu=32 of requests.nvidia.com/gpu=32; delete what is not needed any more, or ask the platform team for more",
  ],
  [
    'trainjobs.trainer.kubeflow.org "night" is forbidden: status unknown for quota: team, resources: count/trainjobs.trainer.kubeflow.org',
    "the quota of the namespace has not counted count/trainjobs.trainer.kubeflow.org yet, as in the minutes after a kind or a namespace is new: try again in a moment",
  ],
  [
    "Error creating: pods \"a-node-0-0-\" is forbidden: ValidatingAdmissionPolicy 'team-fence-pods' with binding 'team-fence-pods' denied request: An image must be named by its digest. (rule image-digests)",
    "the fence around the team refuses its pods: An image must be named by its digest. (rule image-digests)",
  ],
  [
    'Error creating: pods "a" is forbidden: violates PodSecurity "baseline:latest": privileged (container "node" must not set it)',
    'Pod Security baseline:latest refuses its pods: privileged (container "node" must not set it)',
  ],
  [
    'MountVolume.SetUp failed for volume "files" : configmap "a-files" not found',
    "a-files, which its pods mount, is not in the namespace",
  ],
  ['CreateContainerConfigError secret "token" not found', "token, which its pods mount, is not in the namespace"],
  [
    "CrashLoopBackOff back-off 5m0s restarting failed container=node",
    "the program ends again and again: look at its log",
  ],
])("what is said of a pod, %j, in plain words", (said, plain) => {
  expect(podReason(said)).toEqual({ plain, said });
});

test("what nobody has words for stays as it was said", () => {
  expect(kueueReason("something new")).toEqual({ plain: "something new", said: null });
  expect(podReason("something new")).toEqual({ plain: "something new", said: null });
});

test("that a job has its nodes is no reason to wait", () => {
  expect(kueueReason("Quota reserved in ClusterQueue train-vision").plain).toBe("");
});
