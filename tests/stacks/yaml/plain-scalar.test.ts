import { expect, it } from "vitest";
import { plainScalar } from "../../../stacks/yaml/plain-scalar";

it.each([
  // What the Pulumi CLI gives for the same scalar: tests/engine/yaml-readers.test.ts asks it.
  ["text", "text"],
  ["yes", "yes"],
  ["no", "no"],
  ["on", "on"],
  ["off", "off"],
  ["y", "y"],
  ["12:30", "12:30"],
  ["190:20:30", "190:20:30"],
  ["10.64.0.0/18", "10.64.0.0/18"],
  ["24.04.2026072901", "24.04.2026072901"],
  ["11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111111"],
  ["1.36.2", "1.36.2"],
  ["0x1p3", "0x1p3"],
  ["1e", "1e"],
  ["true", true],
  ["TRUE", true],
  ["False", false],
  ["~", null],
  ["", null],
  ["Null", null],
  ["0", 0],
  ["-7", -7],
  ["1.50", 1.5],
  ["1e3", 1000],
  ["1.5E-2", 0.015],
])("reads %j as %j", (text, value) => {
  expect(plainScalar(text)).toEqual({ value });
});

it.each([
  ["2026-12-31", "is a date", 'Put it in quotes: "2026-12-31"'],
  ["2026-12-31T10:00:00Z", "is a date", 'Put it in quotes: "2026-12-31T10:00:00Z"'],
  ["2026-2-30", "is a date", 'Put it in quotes: "2026-2-30"'],
  ["010", "leading zero for base 8", 'For text put it in quotes: "010"'],
  ["08", "leading zero", 'For text put it in quotes: "08"'],
  ["0o10", "take differently", 'For text put it in quotes: "0o10"'],
  ["0x1F", "take differently", 'For text put it in quotes: "0x1F"'],
  ["0b11", "take differently", 'For text put it in quotes: "0b11"'],
  ["1_000", "take differently", 'Write 1000, or for text put it in quotes: "1_000"'],
  ["+1", "take differently", 'Write 1, or for text put it in quotes: "+1"'],
  ["1.", "take differently", 'Write 1, or for text put it in quotes: "1."'],
  [".5", "take differently", "For text put it in quotes"],
  ["-0", "take differently", 'Write 0, or for text put it in quotes: "-0"'],
  ["12345678901234567890", "take differently", "For text put it in quotes"],
  ["1e1000", "take differently", "For text put it in quotes"],
  [".inf", "has no end", 'Put it in quotes: ".inf"'],
  [".NaN", "has no end", 'Put it in quotes: ".NaN"'],
])("refuses %j, and says how both readers take it alike", (text, refused, remedy) => {
  expect(plainScalar(text)).toEqual({
    refused: expect.stringContaining(refused) as string,
    remedy: expect.stringContaining(remedy) as string,
  });
});
