import { describe, expect, it } from "vitest";
import { settingOf } from "../../../policies/engine/setting";
import { infiniBandGroupLimit } from "../../../policies/rules/gpu/infiniband-group-limit";

describe("a setting", () => {
  it("is what the configuration gives", () => {
    expect(settingOf(infiniBandGroupLimit, { infiniBandGroupLimit: 300, other: 1 })).toBe(300);
  });

  it.each([{}, { infiniBandGroupLimit: 0 }, { infiniBandGroupLimit: "300" }, { infiniBandGroupLimit: null }])(
    "is its default for %j",
    (given) => expect(settingOf(infiniBandGroupLimit, given)).toBeNull(),
  );
});
