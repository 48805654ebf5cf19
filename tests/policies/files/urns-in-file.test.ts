import { describe, expect, it } from "vitest";
import { UrnsInFile } from "../../../policies/files/urns-in-file";

describe("the URNs of a file", () => {
  it("have a number where several resources want the same one, and never one that is taken", () => {
    const urns = new UrnsInFile();
    expect([urns.free("job"), urns.free("pod"), urns.free("job")]).toEqual(["job", "pod", "job-2"]);
    expect([urns.take("job-3"), urns.take("job-3"), urns.take("job-2")]).toEqual([true, false, false]);
    expect([urns.free("job"), urns.free("job"), urns.free("job-2")]).toEqual(["job-4", "job-5", "job-2-2"]);
  });

  it("are given out at once to a file of which every object is named by the API server", () => {
    const urns = new UrnsInFile();
    // To look for each from the first number on would be five billion questions, which no test has time for.
    const all = new Set(Array.from({ length: 100_000 }, () => urns.free("job")));
    expect(all.size).toBe(100_000);
  });
});
