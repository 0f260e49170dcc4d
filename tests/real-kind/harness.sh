# shellcheck shell=bash
# Sourced by the suites of this folder after common.sh: docker and the node image are there, a folder with a project is made, checks are
# counted, and in the end nothing is left.

passed=0 failed=0
fog=${FOG:-$real_kind/../../fog}
folder=$(mktemp -d)
project=$folder/project
recorded=$folder/recorded   # each command of docker and kind, a line each

in_network() { "$real_kind/docker" run env PATH="$folder/bin:$tools:$PATH" FOG_RECORDED="$recorded" "$@"; }
run() { (cd "$project" && in_network "$fog" "$@" --engine embedded); }
look() { (cd "$project" && in_network "$fog" "$@"); }
kubectl_on() { local cluster=$1; shift; in_network kubectl --kubeconfig "$project/.fog/clusters/$cluster.kubeconfig" "$@"; }

# Everything that a cluster could leave behind.
left() {
  docker_ ps --all --format 'container {{.Names}}'
  docker_ network ls --format 'network {{.Name}}'
  docker_ volume ls --format 'volume {{.Name}}'
  if [ -e ~/.kube/config ]; then sha256sum ~/.kube/config; fi
  if [ -d "$project/.fog/clusters" ]; then find "$project/.fog/clusters" -type f -printf 'file %P\n'; fi
}
nothing_left() { diff <(echo "$before") <(left); }

check() { # TEXT COMMAND...
  local text=$1
  shift
  if "$@" >"$folder/said" 2>&1; then
    passed=$((passed + 1))
    echo "passed: $text"
  else
    failed=$((failed + 1))
    echo "failed: $text"
    tail -n 15 "$folder/said" | sed 's/^/    /'
  fi
}
timed() { # TEXT COMMAND...: a check whose time is told
  local started
  started=$(date +%s%3N)
  check "$@"
  echo "        in $(($(date +%s%3N) - started)) ms"
}
says() { # WORDS COMMAND...: the command succeeds and writes the words
  local wanted=$1
  shift
  if "$@" >"$folder/output" && grep -qE -- "$wanted" "$folder/output"; then return 0; else cat "$folder/output"; return 1; fi
}

# begin [VERSION...]: what a suite stands on, with the sample's images in these versions.
begin() {
  local started=$SECONDS tool real
  "$real_kind/build"
  "$real_kind/docker" start
  trap finish EXIT
  "$real_kind/node-image"
  if [ $# -gt 0 ]; then "$real_kind/sample-image" "$@"; fi
  if [ -z "${FOG:-}" ]; then "$fog" --help >/dev/null; fi   # builds it here, where the package feed can be reached
  mkdir -p "$project" "$folder/bin"
  for tool in docker kind; do
    real=$([ $tool = kind ] && echo "$tools/kind" || echo /usr/bin/docker)
    printf '#!/bin/sh\necho "%s $*" >>"$FOG_RECORDED"\nexec %s "$@"\n' "$tool" "$real" >"$folder/bin/$tool"
    chmod +x "$folder/bin/$tool"
  done
  before=$(left)
  echo "prepared in $((SECONDS - started)) s"
}

finish() {
  run cluster delete >/dev/null 2>&1 || true
  "$real_kind/docker" stop
  rm -rf "$folder"
}

# The last line of a suite; its exit code is whether all is well.
end_with_counts() {
  echo "$passed passed, $failed failed, in $SECONDS s"
  [ "$failed" = 0 ]
}
