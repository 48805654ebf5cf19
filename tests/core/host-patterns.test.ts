import { expect, it } from "vitest";
import { covers } from "../../core/host-patterns";

it.each([
  [["pypi.org"], "pypi.org", true],
  [["pypi.org"], "files.pypi.org", false],
  [["pypi.org"], "pypixorg", false],
  [["*.hf.co"], "cdn.hf.co", true],
  [["*.hf.co"], "hf.co", false],
  [["*.hf.co"], "eu.cdn.hf.co", false],
  [["cdn*.hf.co"], "cdn-lfs.hf.co", true],
  [["cdn*.hf.co"], "lfs.hf.co", false],
  [["pypi.org", "*.hf.co"], "cdn.hf.co", true],
  [[], "pypi.org", false],
])("of %j %s is one: %s", (hosts, host, expected) => {
  expect(covers(hosts, host)).toBe(expected);
});
