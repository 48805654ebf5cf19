import { describe, expect, it } from "vitest";
import { forgeVariables } from "../../../delivery/forge/forge-variables";

const about = { what: "The comment", why: "a run of a pull request" };
const read = (env: Readonly<Record<string, string>>): readonly string[] =>
  forgeVariables(about, env, ...Object.keys(env));

it("gives the values in order", () => {
  expect(read({ CI_API_V4_URL: "https://forge.example.com/api/v4", GITLAB_TOKEN: "s3cret" })).toEqual([
    "https://forge.example.com/api/v4",
    "s3cret",
  ]);
});

describe("refuses what could not be sent, before it is tried,", () => {
  // Each of these would come back in the words of whoever builds the request.
  it.each(["s3cret\n", "s3\ncret", "s3 cret", "s3crét", "\u0000s3cret"])(
    "a token such as %j, and never says it",
    (token) => {
      const told = (): unknown => read({ GITHUB_TOKEN: token });
      expect(told).toThrow(/^The comment is misconfigured:\n {2}GITHUB_TOKEN: must be one line of ASCII/);
      expect(told).not.toThrow(/s3|cr/);
    },
  );

  it.each(["forge.example.com", "/api", "file:///etc/passwd", "https://"])("the address %j, and says it", (address) => {
    expect(() => read({ GITHUB_API_URL: address, SYSTEM_COLLECTIONURI: address })).toThrow(
      new RegExp(`GITHUB_API_URL: must be an address.*got "${address}"\n.*SYSTEM_COLLECTIONURI: must be an address`),
    );
  });

  it("an address with a password, which is not said", () => {
    const told = (): unknown => read({ CI_API_V4_URL: "https://anna:s3cret@forge.example.com" });
    expect(told).toThrow(/CI_API_V4_URL: must be an address/);
    expect(told).not.toThrow(/s3cret/);
  });

  it("all at once, with what is missing", () => {
    expect(() => read({ CI_API_V4_URL: "x", CI_PROJECT_ID: "", GITLAB_TOKEN: " " })).toThrow(
      /CI_API_V4_URL: must be an address.*\n.*CI_PROJECT_ID: must be set.*\n.*GITLAB_TOKEN: must be one line/,
    );
  });
});
