import { describe, expect, it } from "vitest";
import { hasDigest, hasLastingTag, imageParts, isFrom, needsNoDigest } from "../../../policies/rules/kubernetes/images";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("the parts of an image", () => {
  it.each([
    ["mcr.microsoft.com/oss/tool:1.2", "mcr.microsoft.com/oss/tool", "1.2", undefined],
    [`mcr.microsoft.com/tool:1.2_a-b@${digest}`, "mcr.microsoft.com/tool", "1.2_a-b", digest],
    [`nvcr.io/nvidia/pytorch@${digest}`, "nvcr.io/nvidia/pytorch", undefined, digest],
    ["nvcr.io/nvidia/pytorch", "nvcr.io/nvidia/pytorch", undefined, undefined],
    ["registry:5000/tool:1", "registry:5000/tool", "1", undefined],
    ["localhost/tool:1", "localhost/tool", "1", undefined],
  ])("of %s are its registry, path, tag and digest", (image, name, tag, found) => {
    expect(imageParts(image)).toEqual({ name, tag, digest: found });
  });

  it.each([
    "tool:1",
    "vllm/vllm-openai:1",
    "localhosts/tool:1",
    "my-localhost/tool:1",
    "https://mcr.microsoft.com/tool:1",
    "mcr.microsoft.com/tool:1 ",
    "mcr.microsoft.com/Tool:1",
    "mcr.microsoft.com:port/tool:1",
    `mcr.microsoft.com/tool@${digest}0`,
    "",
  ])("are not told of '%s', which names no registry or is no image", (image) => {
    expect(imageParts(image)).toBeUndefined();
  });
});

describe("where an image is from", () => {
  it.each([
    ["mcr.microsoft.com/tool:1", ["mcr.microsoft.com"]],
    ["docker.io/vllm/vllm-openai:1", ["mcr.microsoft.com", "docker.io/vllm"]],
    ["docker.io/vllm/vllm-openai:1", ["docker.io/vllm/", "mcr.microsoft.com"]],
  ])("%s is below one of %j", (image, registries) => expect(isFrom(image, registries)).toBe(true));

  it.each([
    ["mcr.microsoft.com.example.net/tool:1", ["mcr.microsoft.com"]],
    ["docker.io/vllm-fork/tool:1", ["docker.io/vllm", "mcr.microsoft.com"]],
    ["example.com/docker.io/vllm/tool:1", ["docker.io/vllm/"]],
    ["tool:1", ["mcr.microsoft.com"]],
    ["mcr.microsoft.com/tool:1", []],
  ])("%s is below none of %j", (image, registries) => expect(isFrom(image, registries)).toBe(false));
});

it.each([
  [`mcr.microsoft.com/tool:1@${digest}`, true],
  [`tool@${digest}`, true],
  [`tool@${digest}0`, false],
  ["tool@sha256:0123", false],
  ["tool:1", false],
])("a digest of %s: %s", (image, has) => expect(hasDigest(image)).toBe(has));

it.each([
  ["tool:1.2", true],
  ["registry:5000/tool:2026-09_a", true],
  ["tool:latest", false],
  ["tool", false],
  ["registry:5000/tool", false],
  ["tool:", false],
])("a tag of %s that people do not move: %s", (image, has) => expect(hasLastingTag(image)).toBe(has));

it("an image that names no registry needs a digest", () => expect(needsNoDigest("tool:1")).toBe(false));
