import { expect, it, test } from "vitest";
import { main } from "../../cli/operator";
import { writeOperator } from "../../cli/write-operator";
import { root } from "../stack-files";
import { runHere } from "./run-here";

it("finds the objects as they were committed, and writes nothing", async () => {
  expect(await runHere(() => writeOperator(root, true))).toEqual({ code: 0, error: undefined, out: "", err: "" });
});

it("prints how the objects get into a cluster", async () => {
  const { code, out } = await runHere(() => writeOperator(root, false));
  expect(code).toBe(0);
  expect(out).toMatch(/flux install --version=v\d[^]*helm upgrade --install[^]*kubectl apply --server-side/);
});

it("helps", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toContain("Pulumi Kubernetes Operator");
});

test.each([["--chek"], ["dev"]])("refuses %s", async (word) => {
  const { error } = await runHere(() => main([word]));
  expect(String(error)).toContain("arguments");
});
