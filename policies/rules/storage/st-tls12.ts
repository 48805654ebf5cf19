import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stTls12: ResourceRule = {
  id: 124,
  name: "st-tls12",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account refuses TLS older than 1.2.",
  why: "Older versions can be broken by somebody on the path.",
  remedy: "Set minimumTlsVersion to TLS1_2.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000200; CKV_AZURE_44; AZU-0011",
  check: ({ inputs }) => expectAt(inputs, "minimumTlsVersion", oneOf("TLS1_2", "TLS1_3"), "be TLS1_2 or TLS1_3"),
};
