import { unknownValue } from "../../../core/property-marks";
import { metaExemptionsFresh } from "../../../policies/rules/meta/meta-exemptions-fresh";
import { metaExemptionsUsed } from "../../../policies/rules/meta/meta-exemptions-used";
import { account, scaleSet } from "../fixtures";
import { resource, table, type RuleCases } from "../harness";

const bucket = resource("aws:s3/bucket:Bucket", {});
const exception = {
  rule: "st-tls12",
  resource: { type: account.type, name: account.name },
  reason: "a trial",
  owner: "ml-platform",
};
const over = { ...exception, expires: "2026-08-31" };
const lastDay = { ...exception, rule: "st-https-only", expires: "2026-09-01" };
const named = `st-tls12 on ${account.type} ${account.name}`;
const expired = `exceptions[1].expires is "2026-08-31" (${named}, owner "ml-platform"); must not be before 2026-09-01`;
const unused = `exceptions is ${named} (owner "ml-platform"), which hides nothing; must hide a finding`;

/** Rules about exceptions: they say it of the stack, whatever its resources are. */
export const metaTables: readonly RuleCases[] = [
  table(
    metaExemptionsFresh,
    [],
    {
      broken: { "one that is over, beside one on its last day": [[account], expired] },
      absent: { "what the resource says": [[{ ...account, inputs: {} }], expired] },
      unknown: { "what the resource says": [[{ ...account, inputs: { location: unknownValue } }], expired] },
      notApplicable: { "resources of another cloud": [[bucket]] },
    },
    { settings: { exceptions: [lastDay, over] } },
  ),
  table(metaExemptionsFresh, [account, scaleSet], {
    broken: {},
    absent: {},
    unknown: {},
    notApplicable: {},
  }),
  table(
    metaExemptionsUsed,
    [],
    {
      broken: { "one that nothing needed": [[account], unused] },
      absent: { "what the resource says": [[{ ...account, inputs: {} }], unused] },
      unknown: { "what the resource says": [[{ ...account, inputs: { location: unknownValue } }], unused] },
      notApplicable: { "resources of another cloud": [[bucket]] },
    },
    { unusedExceptions: [over] },
  ),
  table(metaExemptionsUsed, [account, scaleSet], {
    broken: {},
    absent: { "exceptions: nobody wrote one": [[account]] },
    unknown: { "what the resource says": [[{ ...account, inputs: { location: unknownValue } }]] },
    notApplicable: { "resources of another cloud": [[bucket]] },
  }),
];
