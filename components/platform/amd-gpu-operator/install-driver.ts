import { versions } from "../../../catalog/versions";

/** Where the container that installs the driver finds the node's files. */
export const hostFolder = "/host";

/**
 * Installs AMD's driver on the node that it runs on, from AMD's own packages, and loads it. A node that has it already only loads it;
 * one with another version gets this one, which the kernel takes when the node starts anew. The packages are compiled for the node's
 * kernel, which takes some minutes.
 * Sources: Azure/aks-rdma-infiniband:configs/amd-driver-installer (2026-07-16), sources.list(5) (Signed-By takes an armoured key)
 */
export const installDriver = `set -eu
on_node() { DEBIAN_FRONTEND=noninteractive chroot ${hostFolder} "$@"; }
codename=$(. ${hostFolder}/etc/os-release && echo "$VERSION_CODENAME")
key=/etc/apt/keyrings/rocm.asc
list=/etc/apt/sources.list.d/amdgpu.list
source="deb [arch=amd64 signed-by=$key] https://repo.radeon.com/amdgpu/${versions.amdDriver.version}/ubuntu $codename main"
is_installed() {
  [ "$(cat "${hostFolder}$list" 2>/dev/null)" = "$source" ] &&
    on_node dpkg-query --show --showformat='\${db:Status-Status}' amdgpu-dkms 2>/dev/null | grep -qx installed
}
if ! is_installed; then
  mkdir -p ${hostFolder}/etc/apt/keyrings
  curl --fail --silent --show-error --location --retry 5 --output "${hostFolder}$key" https://repo.radeon.com/rocm/rocm.gpg.key
  echo "$source" > "${hostFolder}$list"
  on_node apt-get -o DPkg::Lock::Timeout=300 update
  on_node apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "linux-headers-$(uname -r)" amdgpu-dkms
fi
on_node modprobe amdgpu
echo 'The driver is loaded.'
`;
