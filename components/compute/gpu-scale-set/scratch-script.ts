/** Label of the scratch file system. It is mounted by it, since an array may have another device name after a reboot. */
const label = "local-nvme";

/**
 * The script that stripes every unused local NVMe disk into one file system. Idempotent: one that exists is mounted, a
 * mounted one is left alone. A node that was deallocated comes back with other disks, and stripes those.
 */
export function scratchScript(path: string): string {
  return `#!/usr/bin/env bash
set -euo pipefail
target=${path}
array=/dev/md/scratch
mountpoint -q "$target" && exit 0
# After a reboot the array is there, or has to be assembled, under whatever name: the label tells it.
mdadm --assemble --scan 2>/dev/null || true
udevadm settle
if ! blkid --label ${label} >/dev/null; then
  # Only the local data disks: remote disks and an OS disk on NVMe have other model names or partitions.
  mapfile -t disks < <(lsblk -dnpo NAME,MODEL | awk '/Microsoft NVMe Direct Disk/ {print $1}' | while read -r disk; do
    [ "$(lsblk -nro NAME "$disk" | grep -vc '^md')" -eq 1 ] && echo "$disk"
  done)
  [ "\${#disks[@]}" -gt 0 ] || { echo "no local NVMe disk found" >&2; exit 1; }
  # An array of a first try that was cut off, or of an image before this one, holds the disks.
  lsblk -nrpo NAME,TYPE "\${disks[@]}" | awk '$2 ~ /^raid/ {print $1}' | sort -u | xargs -r -n1 mdadm --stop
  # --force: some sizes have one disk, and mdadm takes an array of one for a mistake.
  # --homehost=any: an array of another host name is assembled as /dev/md127 instead.
  mdadm --create "$array" --run --force --level=0 --chunk=512 --homehost=any --name=scratch --raid-devices="\${#disks[@]}" "\${disks[@]}"
  mkfs.xfs -f -q -L ${label} "$array"
  # The early boot assembles what it finds in this file, so the file goes into its image.
  # The line of an array that went with its disks goes: newer mdadm leaves the name out of it.
  sed -i -e "\\|^ARRAY $array |d" -e '/name=any:scratch/d' /etc/mdadm/mdadm.conf
  mdadm --detail --brief "$array" >> /etc/mdadm/mdadm.conf
  update-initramfs -u
fi
mkdir -p "$target"
mount -o noatime,discard LABEL=${label} "$target"
chmod 1777 "$target"
`;
}
