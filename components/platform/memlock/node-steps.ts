import { memlockTaint } from "../../../catalog/scheduling";

/** Where the container that changes the node finds the node's files. */
export const hostFolder = "/host";

/** Where the container that releases the node finds its token. */
export const tokenFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Raises the limit of the container runtime, in a container that has the node's files. The runtime is started anew once, before
 * any job is there; running containers outlive that. A container has the limit that the runtime had when its pod was started, so a
 * pod from before the change is stopped, and its successor shows that the change came through.
 * Sources: systemd.exec(5) LimitMEMLOCK, https://systemd.io/ENVIRONMENT SYSTEMD_IGNORE_CHROOT, crictl(1)
 */
export const raiseLimit = `set -eu
on_node() { SYSTEMD_IGNORE_CHROOT=1 chroot ${hostFolder} "$@"; }
runtime_is_unlimited() {
  pid=$(on_node systemctl show containerd --property MainPID --value)
  grep -q '^Max locked memory  *unlimited  *unlimited' "${hostFolder}/proc/$pid/limits"
}
if ! runtime_is_unlimited; then
  folder=${hostFolder}/etc/systemd/system/containerd.service.d
  mkdir -p "$folder"
  printf '[Service]\\nLimitMEMLOCK=infinity\\n' > "$folder/90-memlock.conf"
  on_node systemctl daemon-reload
  on_node systemctl restart containerd
  runtime_is_unlimited || { echo 'containerd still has a limit for locked memory' >&2; exit 1; }
fi
[ "$(ulimit -S -l) $(ulimit -H -l)" != 'unlimited unlimited' ] || exit 0
echo 'This pod is older than the new limit: it is started anew.'
on_node crictl stopp "$(on_node crictl pods --quiet --label "io.kubernetes.pod.uid=$POD_UID")"
sleep 60
exit 1
`;

/**
 * Takes the taint from the pod's own node, in a container like any other that shows first that it may lock memory. JSON Patch
 * names a taint by its place, which others may change: each place is tried, and only the taint with the key goes.
 * Source: RFC 6902
 */
export const releaseNode = `set -eu
if [ "$(ulimit -S -l) $(ulimit -H -l)" != 'unlimited unlimited' ]; then
  echo "A container of this node may lock no more than $(ulimit -S -l) KiB: the node stays closed" >&2
  exit 1
fi
node="https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/api/v1/nodes/$NODE_NAME?pretty=false"
ask() {
  curl --silent --show-error --max-time 30 --cacert ${tokenFolder}/ca.crt \\
    --header "Authorization: Bearer $(cat ${tokenFolder}/token)" "$@" "$node"
}
place=0
while answer=$(ask --fail) && printf '%s' "$answer" | grep -qF '"key":"${memlockTaint.key}"'; do
  [ "$place" -lt 20 ] || { echo "The taint cannot be taken from $NODE_NAME" >&2; exit 1; }
  ask --output /dev/null --request PATCH --header 'Content-Type: application/json-patch+json' --data "[
    { \\"op\\": \\"test\\", \\"path\\": \\"/spec/taints/$place/key\\", \\"value\\": \\"${memlockTaint.key}\\" },
    { \\"op\\": \\"remove\\", \\"path\\": \\"/spec/taints/$place\\" }
  ]"
  place=$((place + 1))
done
[ -n "$answer" ] || exit 1
echo 'Pods of this node may lock memory: it is open.'
exec sleep infinity
`;
