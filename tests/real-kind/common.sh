# shellcheck shell=bash disable=SC2034
# Sourced by the scripts of this folder: what they add to those of tests/real-kubernetes.
real_kind=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$real_kind/../real-kubernetes/common.sh"
. "$real_kubernetes/compile.sh"

kind_home=$cache/kind
kind_source=$kind_home/source            # kind's own files for node images
tools=$kind_home/tools                   # kind, as it is put on PATH
newest_kind=$kind_home/newest/kind       # the newest that Debian has; configurations are tried on it too
node_programs=$kind_home/programs
node_tree=$kind_home/debian
daemon=$kind_home/docker                 # the daemon's data, sockets and process ids
socket=unix://$daemon/docker.sock
node_image=kindest/node:$kubernetes_version
pod_network_image=foginfra-tests/pod-network:1

docker_() { /usr/bin/docker --host "$socket" "$@"; }
docker_runs() { alive "$daemon/dockerd.pid" "$daemon"; }
