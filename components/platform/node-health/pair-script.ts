import { findAdapters, section, writeCommand } from "./script-parts";

/** TCP ports by which adapters of two nodes find each other, one for each adapter. */
export const pairPorts = { first: 18530, last: 18549 } as const;

/** Folder with the tests that are to be made, as the controller writes them. */
export const pairsFolder = "/pairs";

/** Variable with the name of the node. */
export const nodeVariable = "NODE_NAME";

/**
 * What the pod of a node does after its own checks, as a program for bash: it waits until a line of the file names its node, and writes
 * to the other node of that line, or listens to it, adapter after adapter; then the two change places. It judges nothing. The other one
 * may read the file a minute later, because kubelets bring files when they come to it.
 */
export function pairScript(writeFrom: "gpu" | "host"): string {
  return `set -u
${section}
${findAdapters}
run() { timeout "$1" ${writeCommand(writeFrom, pairPorts.first)} "\${@:2}" 2>&1; }
listen() { run "$1" > /dev/null; }
write() {
  local answer code until=$((SECONDS + $1))
  while :; do
    answer=$(run 60 "$other")
    code=$?
    case $answer in *"Couldn't connect"*) ;; *) break ;; esac
    # Nobody came: that says nothing of the adapters.
    if ((SECONDS >= until)); then code=127 && break; fi
    sleep 1
  done
  echo "$answer"
  return "$code"
}
pair() {
  local turn place adapter patience=300
  for turn in writer listener; do
    for place in "\${!adapters[@]}"; do
      adapter=\${adapters[$place]}
      if [ "$turn" = "$role" ]; then
        section "pair $at $adapter" write "$patience" || return
      else
        listen "$((patience + 60))" || return
      fi
      patience=60
    done
  done
}
last=0
while :; do
  while read -r at state _ one address_one two address_two <&3; do
    if [ "$state" != runs ] || [[ ! $at =~ ^[0-9]+$ ]] || ((at <= last)); then continue; fi
    case $${nodeVariable} in
      "$one") role=writer other=$address_two ;;
      "$two") role=listener other=$address_one ;;
      *) continue ;;
    esac
    [[ $other =~ ^[0-9a-f.:]+$ ]] || continue
    last=$at
    pair
    section "pair $at" true
  done 3< <(cat ${pairsFolder}/pairs 2> /dev/null)
  sleep 2
done
`;
}
