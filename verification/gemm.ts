import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import { logSections } from "../components/platform/node-health/controller/log-sections";
import { productTflops } from "../components/platform/node-health/controller/tool-output";
import { products, productsPart } from "../components/platform/node-health/products-script";
import type { Check, Floor, PodMessages, Reading } from "./check";
import { imageOf } from "../catalog/image-of";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { wholeNodeJob } from "./whole-node-job";

/** A pool whose GPUs multiply matrices. */
export interface GemmPool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly gpus: number;
}

/** A minute of matrix products on every GPU of a node at once, as the floors were measured. The slowest counts. */
export function gemm(pool: GemmPool, floor: Floor | null): Check {
  const name = `gemm-${pool.key}`;
  return {
    name,
    title: `matrix products (ubergemm) on each GPU of a node of ${pool.key}`,
    pool: pool.key,
    pods: 1,
    minutes: 10,
    unit: "TFLOPS",
    floor,
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods: 1,
        image: imageOf(versions.dcgm),
        script: scriptOf(pool.gpus),
      }),
    read: ([pod]) => readProducts(pod, pool.gpus),
  };
}

function scriptOf(gpus: number): string {
  return `${scriptPrelude}
${products(gpus)}
exit "$code"
`;
}

function readProducts(pod: PodMessages | undefined, gpus: number): Reading {
  const message = pod?.["main"];
  const names = [...logSections(message ?? "").keys()].filter((it) => it.startsWith(productsPart));
  let slowest: { readonly value: number; readonly gpu: string } | undefined;
  for (const name of names) {
    const read = readSection(message, name, (lines) => {
      const value = productTflops(lines);
      return value === undefined ? nothing(`'${name}' shows no result`) : { kind: "measured", value, detail: "" };
    });
    if (read.kind !== "measured") return read;
    if (slowest === undefined || read.value < slowest.value)
      slowest = { value: read.value, gpu: name.slice(productsPart.length) };
  }
  if (slowest === undefined || names.length < gpus) return nothing(`${names.length} of ${gpus} GPUs were measured`);
  return { kind: "measured", value: slowest.value, detail: gpus === 1 ? "" : `slowest of ${gpus}: GPU ${slowest.gpu}` };
}
