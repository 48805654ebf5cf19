/**
 * Beginning of a check's program for bash: `section NAME COMMAND...` puts what a command writes, and how it ended, between two lines
 * into the message that the kubelet reads as the container ends, 4096 bytes of it. The log of the container has the message, too, and
 * what the commands complained about.
 */
export const scriptPrelude = `set -u
exec 3>&1 >> /dev/termination-log 2> /tmp/errors
trap 'cat /dev/termination-log /tmp/errors >&3' EXIT
section() {
  local name=$1 code
  shift
  printf '== begin %s\\n' "$name"
  "$@"
  code=$?
  if [ "$code" != 0 ]; then tail -n 3 /tmp/errors | cut -c 1-300; fi
  printf '\\n== end %s %s\\n' "$name" "$code"
  return "$code"
}`;
