import { section } from "./script-parts";

/** Beginning of the names of its parts; the number of the GPU follows. */
export const productsPart = "gemm ";

/**
 * A minute of matrix products on every GPU of a node at once, as the floors were measured, for bash: needs `section NAME COMMAND...`, and
 * leaves in `code` how the last GPU that failed ended. The tool lies with the plug-ins of DCGM, a copy for each CUDA; the newest is the
 * one for the drivers of today.
 * Source: Azure/ai-infrastructure-on-azure:skills/ai-infra/references/gpu_validation.md (2026-04), of tool, option and output
 */
export function products(gpus: number): string {
  return `tool=$(printf '%s\\n' /usr/libexec/datacenter-gpu-manager-4/plugins/cuda*/updated/ubergemm | sort -V | tail -n 1)
one() { CUDA_VISIBLE_DEVICES=$1 timeout 300 "$tool" -t 60 > "/tmp/gemm.$1" 2>&1; echo "$?" > "/tmp/code.$1"; }
result() {
  if [ "$(cat "/tmp/code.$1")" != 0 ]; then tail -n 2 "/tmp/gemm.$1"; return "$(cat "/tmp/code.$1")"; fi
  grep -o 'GFlops:[^ ]*' "/tmp/gemm.$1" | tail -n 1
}
pids=()
for gpu in {0..${gpus - 1}}; do one "$gpu" & pids+=("$!"); done
wait "\${pids[@]}"
code=0
for gpu in {0..${gpus - 1}}; do section "${productsPart}$gpu" result "$gpu" || code=$?; done`;
}

/** The same as a program of the health gate, which judges nothing: what the tool found is no failure of the program. */
export function productsScript(gpus: number): string {
  return `set -u
${section}
${products(gpus)}
exit 0
`;
}
