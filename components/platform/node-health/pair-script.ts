import type { CheckRun } from "./check-script";
import { launchAgent, launchListener } from "./pair-launch";
import { findAdapters, section, tools, writeCommand } from "./script-parts";

/** TCP ports by which adapters of two nodes find each other, one for each adapter. */
export const pairPorts = { first: 18530, last: 18549 } as const;

/** Folder with the tests that are to be made, as the controller writes them. */
export const pairsFolder = "/pairs";

/** Variable with the name of the node. */
export const nodeVariable = "NODE_NAME";

/** How nodes of a pool meet each other, beside what they must show. */
export interface PairRun extends CheckRun {
  /** Variables of NCCL between nodes. */
  readonly ncclEnv: Readonly<Record<string, string>>;
}

/**
 * What the pod of a node does after its own checks, as a program for bash: it waits until a line of the file names its node, and writes
 * to the other node of that line, or listens to it, adapter after adapter; then the two change places. Where the size has a floor for
 * it and the line a key, all GPUs of both then make an all-reduce. It judges nothing. The other one may read the file a minute later,
 * because kubelets bring files when they come to it.
 */
export function pairScript(run: PairRun): string {
  const { writeFrom, expected } = run;
  const together = expected.floors.allReducePairGBps !== null;
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
${together ? allReduce(run) : ""}pair() {
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
${together ? meet : ""}}
last=0
while :; do
  while read -r at state _ one address_one two address_two key <&3; do
    if [ "$state" != runs ] || [[ ! $at =~ ^[0-9]+$ ]] || ((at <= last)); then continue; fi
    case $${nodeVariable} in
      "$one") role=writer own=$address_one other=$address_two ;;
      "$two") role=listener own=$address_two other=$address_one ;;
      *) continue ;;
    esac
    [[ $own =~ ^[0-9a-f.:]+$ && $other =~ ^[0-9a-f.:]+$ && $key =~ ^[0-9a-f]*$ ]] || continue
    last=$at
    pair
    section "pair $at" true
  done 3< <(cat ${pairsFolder}/pairs 2> /dev/null)
  sleep 2
done
`;
}

/** The last part of a test, where the controller gave it a key. The one who waits gets no section: that nobody came says nothing of it. */
const meet = `  if [ -z "$key" ]; then
    return
  elif [ "$role" = writer ]; then
    section "pair $at all-reduce" all_reduce
  else
    PAIR_KEY=$key perl /tmp/listener "$own" "$other" 120 300
  fi
`;

/**
 * One process for each GPU of both nodes, as nccl-tests is run within one. Of thousands of lines of NCCL those that tell the way between
 * the nodes remain, each once and without the number of its adapter, because kubelet keeps only so much of a log. The own node goes by
 * its name: mpirun forgets that an address is its own when it counts the places of its nodes (5.0.8).
 */
function allReduce({ expected: { gpus }, messageGiB, ncclEnv }: PairRun): string {
  const variables = Object.entries(ncclEnv).map(([key, value]) => ` -x ${key}=${value}`);
  return `cat > /tmp/agent << 'PROGRAM'
${launchAgent}PROGRAM
cat > /tmp/listener << 'PROGRAM'
${launchListener}PROGRAM
chmod +x /tmp/agent
export PATH="$PATH:${tools.mpi}/bin" LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:-}:${tools.mpi}/lib"
all_reduce() {
  local code
  rm -f /tmp/nobody
  PAIR_KEY=$key PAIR_FROM=$own PAIR_PATIENCE=60 timeout -k 10 240 ${tools.mpi}/bin/mpirun --allow-run-as-root \\
    --prtemca plm_ssh_agent /tmp/agent --prtemca prte_if_include eth0 --host "$HOSTNAME:${gpus},$other:${gpus}" \\
    -np ${gpus * 2} --map-by ppr:${gpus}:node -bind-to numa -mca pml ob1 -mca btl self,sm,tcp -mca btl_tcp_if_include eth0 \\
    -mca coll_hcoll_enable 0 -x LD_LIBRARY_PATH -x NCCL_DEBUG=INFO${variables.join("")} \\
    ${tools.allReduce} -b ${messageGiB}G -e ${messageGiB}G -g 1 -c 1 -n 20 > /tmp/all-reduce 2>&1
  code=$?
  grep -aoE ' via NET/[^ ]*' /tmp/all-reduce | sed -E 's|(NET/[A-Za-z_]+)/[0-9]+(\\([0-9]+\\))?|\\1/*|' | sort | uniq -c
  tr -d '\\000' < /tmp/all-reduce | grep -avE ' NCCL INFO |^-+$'
  if [ "$code" = 124 ]; then echo 'it had no end in 240 seconds'; fi
  # Nobody was there, or is any more: that says nothing of the nodes.
  if [ -e /tmp/nobody ]; then cat /tmp/nobody && return 127; fi
  return "$code"
}
`;
}
