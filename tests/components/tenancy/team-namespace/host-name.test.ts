import { describe, expect, it } from "vitest";
import { planTeamNamespace } from "../../../../components/tenancy/team-namespace/plan";
import { problemsOf } from "../../../recorded";
import { h100Pool, vision } from "../teams";

const problems = (egress: string[], fqdnPolicies = true): string[] =>
  problemsOf(() => planTeamNamespace("train-vision", { ...vision, egress }, { pool: h100Pool, fqdnPolicies }));

describe("hosts that a team reaches", () => {
  it.each([
    "pypi.org",
    "files.pythonhosted.org",
    "huggingface.co",
    "*.hf.co",
    "cdn-lfs*.hf.co",
    "xn--bcher-kva.example",
    "a.b.c.d.example.com",
    `${"a".repeat(63)}.example.com`,
  ])("may be %s", (host) => {
    expect(() =>
      planTeamNamespace("train-vision", { ...vision, egress: [host] }, { pool: h100Pool, fqdnPolicies: true }),
    ).not.toThrow();
  });

  it.each([
    ["an address", "151.101.0.223"],
    ["a range", "10.0.0.0/8"],
    ["an address of version 6", "2a04:4e42::223"],
    ["a URL", "https://pypi.org"],
    ["a path", "pypi.org/simple"],
    ["a port", "pypi.org:443"],
    ["everything", "*"],
    ["nearly everything", "*.com"],
    ["a wildcard for whole names", "**.hf.co"],
    ["a wildcard further in", "cdn.*.hf.co"],
    ["a wildcard before a name", "*hf.co"],
    ["capitals", "PyPI.org"],
    ["a single label", "localhost"],
    ["a dot at its end", "pypi.org."],
    ["an underscore", "my_host.example.com"],
    ["a label that is too long", `${"a".repeat(64)}.example.com`],
    ["a name that is too long", `${"a.".repeat(126)}com`],
    ["nothing", ""],
  ])("may not be %s", (_, host) => {
    expect(problems([host])).toEqual([
      expect.stringMatching(/^egress\[0\]: must be the name of a host in lowercase, such as pypi\.org/),
    ]);
  });

  it("are named once each, and are no pods", () => {
    expect(problems(["pypi.org", "db.team.svc.cluster.local", "pypi.org"])).toEqual([
      'egress[1]: must be outside the cluster: policies tell pods by their labels; got "db.team.svc.cluster.local". Remove it: pods reach those of their own namespace anyway',
      'egress[2]: must not be there twice; got "pypi.org". Remove one of the two',
    ]);
  });

  it("are at least one", () => {
    expect(problems([])).toEqual([expect.stringMatching(/^egress: must name a host: closed opens none/)]);
  });

  it("need a cluster whose policies know names", () => {
    expect(problems(["pypi.org"], false)).toEqual([
      'egress: cannot name hosts: the cluster\'s policies know no names; got ["pypi.org"]. Write advancedNetworkPolicies: FQDN in the section cluster, which bills for each node, or egress: https',
    ]);
  });
});
