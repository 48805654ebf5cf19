import { unknownValue } from "../../../core/property-marks";
import { k8sImageDigest } from "../../../policies/rules/kubernetes/k8s-image-digest";
import { k8sImagePinned } from "../../../policies/rules/kubernetes/k8s-image-pinned";
import { k8sImageRegistry } from "../../../policies/rules/kubernetes/k8s-image-registry";
import { account } from "../fixtures";
import { table, type RuleCases } from "../harness";
import { hardened } from "../kubernetes-fixtures";
import { podTable } from "../pod-table";

const container = "containers[0]";
const digest = `sha256:${"a".repeat(64)}`;
const image = `${container}.image`;
const twoRegistries = { settings: { allowedRegistries: ["mcr.microsoft.com", "docker.io/vllm"] } };

/** Rules about the images of pods. */
export const podImageTables: readonly RuleCases[] = [
  podTable(
    k8sImageRegistry,
    {
      path: image,
      value: "trainer:1",
      says: 'is "trainer:1"; must name its registry: HOST/NAME:TAG',
    },
    {
      tools: false,
      broken: {
        "a user of Docker Hub": [
          { [`spec.${image}`]: "vllm/vllm-openai:v1" },
          `spec.${image} is "vllm/vllm-openai:v1"; must name its registry: HOST/NAME:TAG`,
        ],
      },
    },
  ),
  table(
    k8sImageRegistry,
    hardened,
    {
      broken: {
        "a host that only begins alike": [
          { [`spec.${image}`]: "mcr.microsoft.com.example.net/trainer:1" },
          `spec.${image} is "mcr.microsoft.com.example.net/trainer:1"; must come from mcr.microsoft.com, docker.io/vllm, by its full name`,
        ],
        "an image that is no text": [
          { [`spec.${image}`]: 7 },
          `spec.${image} is 7; must come from mcr.microsoft.com, docker.io/vllm, by its full name`,
        ],
      },
      absent: { "the image of a pod": [{ [`spec.${image}`]: undefined }] },
      unknown: { "the image": [{ [`spec.${image}`]: unknownValue }, `?spec.${image}`] },
      notApplicable: { "another type": [[account]] },
    },
    twoRegistries,
  ),
  podTable(
    k8sImagePinned,
    {
      path: image,
      value: "nvcr.io/nvidia/pytorch:latest",
      says: 'is "nvcr.io/nvidia/pytorch:latest"; must have a tag other than latest, or a digest',
    },
    {
      tools: false,
      broken: {
        "no tag, and a registry with a port": [
          { [`spec.${image}`]: "registry.example.com:5000/trainer" },
          `spec.${image} is "registry.example.com:5000/trainer"; must have a tag other than latest, or a digest`,
        ],
      },
      fine: {
        "a digest": [{ [`spec.${image}`]: `nvcr.io/nvidia/pytorch@${digest}` }],
        "a tag": [{ [`spec.${image}`]: "nvcr.io/nvidia/pytorch:26.06" }],
      },
    },
  ),
  podTable(
    k8sImageDigest,
    {
      path: image,
      value: "nvcr.io/nvidia/pytorch:26.06",
      says: 'is "nvcr.io/nvidia/pytorch:26.06"; must end with @sha256: and a digest',
    },
    {
      tools: false,
      broken: {
        "an image whose name only begins like one of the platform's": [
          { [`spec.${image}`]: "mcr.microsoft.com/aznhc/aznhc-nv-fork:1.2.0" },
          `spec.${image} is "mcr.microsoft.com/aznhc/aznhc-nv-fork:1.2.0"; must end with @sha256: and a digest`,
        ],
      },
      fine: {
        "a digest without a tag": [{ [`spec.${image}`]: `nvcr.io/nvidia/pytorch@${digest}` }],
        "an image of the platform that has no digest": [
          { [`spec.${image}`]: "mcr.microsoft.com/aznhc/aznhc-nv:1.2.0" },
        ],
      },
    },
  ),
];
