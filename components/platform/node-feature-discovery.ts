import { z } from "zod";
import { gpuNodeTolerations, labels, systemNodeToleration } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * Classes of the PCI devices that nodes get a label for: InfiniBand controllers, displays and 3D controllers. Not Ethernet
 * (`0200`): the network cards of most Azure sizes are of the same vendor as InfiniBand adapters, and with a label for them the
 * operators would wait for an InfiniBand driver on nodes that have none.
 * Sources: https://pci-ids.ucw.cz/read/PD/02, NVIDIA/gpu-operator:cmd/nvidia-validator/main.go (v26.7.0, isMellanoxDevicePresent)
 */
const labelledClasses = ["0207", "0300", "0302"] as const;

/**
 * Node Feature Discovery, once for all: both operators of NVIDIA select nodes by its labels, and two of it in one cluster take each
 * other's labels away. So the operators' own copies stay off. Costs nothing.
 */
export const nodeFeatureDiscovery: AddOn<typeof settings> = {
  name: "nfd",
  gives: "labels on GPU nodes for the devices that they have, by which the operators find them",
  verify:
    "kubectl get nodes --label-columns feature.node.kubernetes.io/pci-10de.present,feature.node.kubernetes.io/pci-15b3.present",
  wanted: null,
  needs: [],
  after: [],
  // Its worker reads folders of the node, which only a privileged namespace allows.
  namespace: { name: "nfd", podSecurity: "privileged", ingressPorts: [] },
  release: { name: "nfd", chart: versions.nodeFeatureDiscovery, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents({ facts: { pools } }) {
    const gpus = pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []);
    const tolerations = [systemNodeToleration];
    return {
      values: {
        master: {
          // The GPU operator's own discovery writes labels with this prefix, which is not NFD's.
          config: { extraLabelNs: ["nvidia.com"] },
          tolerations,
        },
        gc: { tolerations },
        worker: {
          config: { sources: { pci: { deviceClassWhitelist: labelledClasses, deviceLabelFields: ["vendor"] } } },
          tolerations: gpuNodeTolerations(gpus),
          // No other node has devices that anybody asks for.
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: labels.gpuStack, operator: "Exists" }] }],
              },
            },
          },
        },
      },
      crds: null,
      objects: null,
      handsOver: null,
    };
  },
};
