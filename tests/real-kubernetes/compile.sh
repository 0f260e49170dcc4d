# shellcheck shell=bash
# Sourced after common.sh: compiling programs of the Kubernetes source tree, without changing the tree.

go_packages=(golang-1.19-go ca-certificates)

# The tree is built the way it was before modules: it brings all that it imports, and nothing is downloaded.
go_() {
  (cd "$kubernetes_source" && env -u GOROOT GO111MODULE=off GOFLAGS='' GOPATH="$go_path" CGO_ENABLED=0 \
    GOCACHE="${GOCACHE:-$cache/gocache}" GOGC="${GOGC:-400}" PATH="/usr/lib/go-1.19/bin:$PATH" nice go "$@")
}

# What `go build -overlay` reads. In place of a file of the tree: Debian's reflect2 (the one in the tree reaches into Go's
# runtime in a way that ended with Go 1.18), everything in $generated and in $changed_sources, and each folder of COMMANDS as a command of the tree.
overlay() { # [COMMANDS]
  local commands=${1:-} reflect2=github.com/modern-go/reflect2 file folder
  {
    for file in "$kubernetes_source/vendor/$reflect2"/*.go; do printf '%s\t\n' "$file"; done   # nothing: as if it were not there
    for file in "$unpacked/usr/share/gocode/src/$reflect2"/*.go; do
      printf '%s\t%s\n' "$kubernetes_source/vendor/$reflect2/${file##*/}" "$file"
    done
    for folder in "$generated" ${changed_sources:-}; do
      find "$folder/k8s.io/kubernetes" -name '*.go' -printf "$kubernetes_source/%P\t%p\n"
    done
    if [ -n "$commands" ]; then
      for folder in "$commands"/*/; do
        for file in "$folder"*.go; do
          printf '%s\t%s\n' "$kubernetes_source/cmd/added/$(basename "$folder")/${file##*/}" "$file"
        done
      done
    fi
  } | awk -F '\t' '
    { with[$1] = $2 }
    END {
      printf "{\"Replace\": {"
      for (file in with) { printf "%s\n  \"%s\": \"%s\"", separator, file, with[file]; separator = "," }
      print "\n}}"
    }'
}

# The linker sets a variable of a vendored package only by the package's full path.
version_flags() {
  local package
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    printf -- '-X %s=%s ' "$package.gitVersion" "$kubernetes_version" "$package.gitMajor" 1 "$package.gitMinor" 20 \
      "$package.gitTreeState" clean "$package.buildDate" "$kubernetes_commit_date"
  done
}

# compile FOLDER PACKAGES...: builds commands of the tree into FOLDER. Set added_commands to a folder whose subfolders are
# commands of ours (./cmd/added/NAME). Nothing here needs the kubelet's own docker client (dockerless), nor the clients of clouds
# (providerless), which take a third of the time to compile.
compile() {
  local folder=$1
  shift
  mkdir -p "$folder"
  overlay "${added_commands:-}" >"$cache/overlay.json"
  go_ build -overlay "$cache/overlay.json" -trimpath -tags "dockerless providerless" -ldflags "-s -w $(version_flags)" -o "$folder/" "$@"
}
