# shellcheck shell=bash disable=SC2034
# Sourced by the scripts that build and run real Kubernetes for the tests (here and in tests/real-kind): where things lie,
# steps that run once, daemons that can be found and stopped again.

real_kubernetes=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${FOG_REAL_KUBERNETES:-${XDG_CACHE_HOME:-$HOME/.cache}/foginfra/real-kubernetes}

kubernetes_version=v1.20.2           # the newest whose servers Debian packages in source with all they depend on
kubernetes_commit_date=2021-01-13T13:20:00Z

downloads=$cache/downloads           # what came from the Debian archive
unpacked=$cache/unpacked             # Debian packages opened, not installed
go_path=$cache/gopath
kubernetes_source=$go_path/src/k8s.io/kubernetes
generated=$cache/generated           # sources that are not in the source package, or differ from it
hollow=$cache/hollow                 # sources that differ for hollow nodes
binaries=$cache/bin                  # what `build` makes
planes=$cache/control-planes         # one folder for each control plane
logs=$cache/logs

say() { printf 'real-kubernetes: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
need_root() { [ "$(id -u)" = 0 ] || die "$1 needs root"; }

# ---- steps ----------------------------------------------------------------------------------------------------------

# One builder at a time: the second finds the work done. Daemons close the descriptor, so that none of them holds the lock.
lock() { mkdir -p "$cache" "$logs" "$cache/stamps"; exec 9>"$cache/lock"; flock 9; }

# step NAME FUNCTION FILES...: runs FUNCTION, unless it has succeeded before with the same content of FILES.
step() {
  local name=$1 action=$2 stamp=$cache/stamps/$1 content started=$SECONDS result
  shift 2
  content=$(printf '%s\n' "$kubernetes_version" | cat - "$@" | sha256sum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$content" ]; then return 0; fi
  rm -f "$stamp"
  say "$name ..."
  set +e                               # `set -e` sleeps inside a condition, so the step is a subshell outside of one
  (set -e; "$action") >"$logs/$name.log" 2>&1
  result=$?
  set -e
  if [ $result != 0 ]; then
    tail -n 15 "$logs/$name.log" >&2
    die "$name failed; all of its output: $logs/$name.log"
  fi
  printf '%s\n' "$content" >"$stamp"
  say "$name took $((SECONDS - started)) s"
}

# ---- Debian ---------------------------------------------------------------------------------------------------------

# Installs those of the named packages that are missing, so that a machine which has them needs no root.
install_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
  done
  if [ ${#missing[@]} = 0 ]; then return 0; fi
  need_root "installing ${missing[*]}"
  say "installing ${missing[*]}"
  mkdir -p "$logs"
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$logs/packages.log" 2>&1; then
    tail -n 15 "$logs/packages.log" >&2
    die "apt-get failed; all of its output: $logs/packages.log"
  fi
}

# The mirror that this machine uses already.
mirror() {
  local address
  address=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' \
    | awk '$1 ~ /^(bookworm|stable|oldstable)$/ && $2 == "main" { print $3; exit }')
  [ -n "$address" ] || die "apt on this machine knows no source of Debian 12 (bookworm), main"
  printf '%s\n' "${address%/}"
}

# apt-get on lists of our own, with the source packages; the machine's lists stay as they are.
archive() {
  apt-get -qq -o "Dir::Etc::sourcelist=$cache/apt/sources" -o "Dir::Etc::sourceparts=$cache/apt/none" \
    -o "Dir::State::lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt/cache" -o APT::Sandbox::User=root "$@"
}

# open_archive RELEASES...: reads the package lists of these Debian releases.
open_archive() {
  local address release kind
  address=$(mirror)
  mkdir -p "$cache"/apt/{none,lists/partial,cache/archives/partial}
  for release in "$@"; do
    for kind in deb deb-src; do
      printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$kind" "$address" "$release"
    done
  done >"$cache/apt/sources"
  archive update
}

# ---- daemons --------------------------------------------------------------------------------------------------------

# alive FILE WORD: whether the process whose id FILE holds still runs. WORD is in its command line, because ids come again.
alive() {
  local id
  id=$(cat "$1" 2>/dev/null) && [ -n "$id" ] && { tr '\0' ' ' <"/proc/$id/cmdline" | grep -qF -- "$2"; } 2>/dev/null
}

# end FILE WORD [SECONDS]: asks the process to stop, waits, then makes it.
end() {
  local file=$1 word=$2 patience=${3:-10} id
  if alive "$file" "$word"; then
    id=$(cat "$file")
    kill -CONT "$id" 2>/dev/null || true   # it may have been frozen by a test
    kill "$id" 2>/dev/null || true
    for _ in $(seq $((patience * 10))); do
      alive "$file" "$word" || break
      sleep 0.1
    done
    if alive "$file" "$word"; then kill -KILL "$id" 2>/dev/null || true; fi
  fi
  rm -f "$file"
}

# background FILE LOG COMMAND...: starts a daemon that neither the terminal nor the lock holds on to.
background() {
  local file=$1 log=$2
  shift 2
  setsid "$@" </dev/null >"$log" 2>&1 9>&- &
  printf '%s\n' "$!" >"$file"
}
