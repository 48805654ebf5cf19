import { expect, it } from "vitest";
import { platformShape } from "../../components/platform/add-ons";
import { fenceNotes } from "../../preview/fence-notes";
import type { Environment, EnvironmentKind } from "../../stacks/environment";

const exception = { namespace: "train-a", rule: "whole-nodes", reason: "a test", expires: "2099-12-31" };

function told(kind: EnvironmentKind, teamFence: object | undefined, layers: Environment["layers"]): string[] {
  const platform = platformShape.parse(teamFence === undefined ? {} : { teamFence });
  return fenceNotes({ environment: { kind, layers, platform }, resources: [] });
}

it("tells of images that anybody could have made, in prod alone", () => {
  const images = "platform.teamFence.images: teams may run images";
  const registry = "from any registry (registries)";
  const tags = "by tags, which may be another image tomorrow (digests)";
  const registries = ["mcr.microsoft.com"];
  expect(told("prod", undefined, ["platform"])).toEqual([`${images} ${registry} and ${tags}`]);
  expect(told("prod", {}, ["platform"])).toEqual([`${images} ${registry} and ${tags}`]);
  expect(told("prod", { images: { registries } }, ["platform"])).toEqual([`${images} ${tags}`]);
  expect(told("prod", { images: { digests: true } }, ["platform"])).toEqual([`${images} ${registry}`]);
  expect(told("prod", { images: { registries, digests: true } }, ["platform"])).toEqual([]);
  expect(told("dev", {}, ["platform"])).toEqual([]);
  expect(told("prod", {}, ["tenants"])).toEqual([]);
});

it("calls an exception unused only where the teams are known", () => {
  const path = "platform.teamFence.exceptions[0]:";
  expect(told("dev", { exceptions: [exception] }, ["platform"])).toEqual([
    `${path} train-a is not held to the rule whole-nodes until 2099-12-31. Reason: a test`,
  ]);
  expect(told("dev", { exceptions: [exception] }, ["platform", "tenants"])).toEqual([
    `${path} no team has the namespace train-a, so it lets nobody pass; remove it`,
  ]);
});
