/**
 * Copies files of one folder into another: those of them that are one pod's part, which the last bytes of a name decide. A file is copied
 * beside its place and moved there when it is whole. One that is there, as long and not older, stays, so that a copy which was stopped
 * goes on. It needs what Azure Linux has: bash, coreutils and findutils.
 *
 * Arguments: source, target, number of parts. The part is the pod's index in its Job. Ends with 2 where there is nothing to copy from,
 * which no restart helps, and with 1 where files could not be read or written.
 * Source of the packages: microsoft/azurelinux:SPECS/core-packages/core-packages.spec (container)
 */
export const copyScript = `set -uo pipefail
export LC_ALL=C to=$2
from=$1 parts=$3 part=\${JOB_COMPLETION_INDEX:-0} only=

if [[ -f $from ]]; then only=\${from##*/} from=\${from%/*}; fi
cd -- "$from/" || exit 2
mkdir -p -- "$to" || exit 1
odd=$(mktemp)

# Names of the files that are this pod's part.
part() {
  local file tail code sum at
  while IFS= read -r -d '' file; do
    tail=\${file:\${#file} > 16 ? -16 : 0} sum=0
    for ((at = 0; at < \${#tail}; at++)); do
      printf -v code %d "'\${tail:at:1}"
      sum=$(((sum * 131 + code) & 16777215))
    done
    if (((sum >> 3) % parts == part)); then printf '%s\\0' "$file"; fi
  done
}

# Copies some files, and says how many, how many were there, the bytes, and how many it could not copy.
copy() {
  local file folder target size copied=0 kept=0 bytes=0 failed=0
  for file; do
    target=$to/\${file#./} folder=\${target%/*}
    size=$(stat --format=%s -- "$file") || { ((failed++)); continue; }
    if [[ -f $target && ! $file -nt $target && $(stat --format=%s -- "$target") = "$size" ]]; then
      ((kept++))
    elif { [[ -d $folder ]] || mkdir -p -- "$folder"; } && cp -- "$file" "$folder/.copying-\${file##*/}" &&
      mv --force --no-target-directory -- "$folder/.copying-\${file##*/}" "$target"; then
      ((copied++, bytes += size))
    else
      ((failed++))
    fi
  done
  echo "$copied $kept $bytes $failed"
}
export -f copy

# Adds up what was done, and tells it each ten seconds and at the end.
tell() {
  local more_copied more_kept more_bytes more_failed copied=0 kept=0 bytes=0 failed=0 next=$((SECONDS + 10))
  say() { echo "part $((part + 1)) of $parts: $1 $copied files, $((bytes / 1048576)) MiB; $kept were there already, $failed failed"; }
  while read -r more_copied more_kept more_bytes more_failed; do
    ((copied += more_copied, kept += more_kept, bytes += more_bytes, failed += more_failed))
    if ((SECONDS >= next)); then
      say "has copied"
      next=$((SECONDS + 10))
    fi
  done
  say "copied"
  ((failed == 0))
}

find "./$only" \\( -type f ! -name '.copying-*' -print0 \\) -o \\( ! -type d ! -type f -fprintf "$odd" '%p\\n' \\) |
  part | xargs --null --no-run-if-empty --max-procs=16 --max-args=64 bash -c 'copy "$@"' copy | tell
ended=("\${PIPESTATUS[@]}")
if ((part == 0)) && [[ -s $odd ]]; then
  echo "not copied, since they are neither files nor folders: $(wc --lines <"$odd"), such as $(head --lines=1 "$odd")" >&2
fi
[[ "\${ended[*]}" = "0 0 0 0" ]] || exit 1
`;
