import { crd, type CrdSchema } from "../crd-schema";

/** A name in DNS with dots, or nothing, for the core API. */
export const groupName: CrdSchema = crd.text({
  maxLength: 253,
  pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
});

/** Name of a kind. */
export const kindName: CrdSchema = crd.text({
  maxLength: 63,
  minLength: 1,
  pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
});

/** Name of an object. */
export const objectName: CrdSchema = crd.text({ maxLength: 253, minLength: 1 });

/** What controllers say of an object. Source: kubernetes/apimachinery:pkg/apis/meta/v1/types.go (Condition) */
export const conditions: CrdSchema = crd.keyed(
  "type",
  crd.object(
    {
      lastTransitionTime: crd.date,
      message: crd.text({ maxLength: 32768 }),
      observedGeneration: crd.integer(64, { minimum: 0 }),
      reason: crd.text({ maxLength: 1024, minLength: 1, pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$" }),
      status: crd.choice(["True", "False", "Unknown"]),
      type: crd.text({
        maxLength: 316,
        pattern:
          "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
      }),
    },
    ["lastTransitionTime", "message", "reason", "status", "type"],
  ),
  { maxItems: 8 },
);
