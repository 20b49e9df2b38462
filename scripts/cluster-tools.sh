#!/usr/bin/env bash
# Builds the parts of a real Kubernetes control plane once, at pinned versions, into a cache folder that it prints last:
# etcd, kube-apiserver, kube-controller-manager, kube-scheduler, and kwok for kubelets without machines.
# STRANGLER_TOOLS names the cache folder. Needs Go; a build from nothing takes some ten minutes on two cores.
set -euo pipefail
# What cannot be had here is said in one line and with exit code 3.
trap 'code=$?; [ "$code" = 0 ] || [ "$code" = 3 ] || { echo "a control plane could not be built here" >&2; exit 3; }' EXIT
kubernetes=1.35.4
etcd=3.6.5
kwok=0.8.0
tools="${STRANGLER_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/strangler-deploy/tools}"
place="$tools/cluster-$kubernetes-$etcd-$kwok"
parts=(etcd kube-apiserver kube-controller-manager kube-scheduler kwok)

complete() { for part in "${parts[@]}"; do [ -x "$place/$part" ] || return 1; done; }
if complete; then echo "$place"; exit 0; fi
command -v go >/dev/null || { echo "a control plane needs Go to be built, which this machine lacks" >&2; exit 3; }

mkdir -p "$place"
exec 9>"$tools/cluster.lock"
flock 9
if complete; then echo "$place"; exit 0; fi

work="$(mktemp -d)"
trap 'code=$?; chmod -R u+w "$work"; rm -rf "$work"; [ "$code" = 0 ] || { echo "a control plane could not be built here" >&2; exit 3; }' EXIT
export GOFLAGS=-mod=mod CGO_ENABLED=0 GOWORK=off
cd "$work"

build() { # name package: a build that was cut off leaves nothing behind
  [ -x "$place/$1" ] && return
  echo "building $1" >&2
  go build -trimpath -ldflags='-s -w' -o "$place/.$1.new" "$2"
  mv "$place/.$1.new" "$place/$1"
}

mkdir kubernetes && cd kubernetes
cat > go.mod <<MOD
module cluster
go 1.25
require k8s.io/kubernetes v$kubernetes
MOD
# The staging modules have versions of their own, which Kubernetes itself replaces by paths: pinned here to the same release.
module="$(go mod download -json "k8s.io/kubernetes@v$kubernetes" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')"
sed -n 's/^\t*\(k8s\.io\/[a-z-]*\) => \.\/staging.*/\1/p' "$module" | sort -u | while read -r name; do
  echo "replace $name => $name v0.${kubernetes#1.}"
done >> go.mod
cat > tools.go <<'GO'
package cluster

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver/app"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	_ "k8s.io/kubernetes/cmd/kube-scheduler/app"
)
GO
go mod tidy >/dev/null 2>&1
for part in kube-apiserver kube-controller-manager kube-scheduler; do build "$part" "k8s.io/kubernetes/cmd/$part"; done

cd "$work" && mkdir etcd && cd etcd
cat > go.mod <<MOD
module cluster
go 1.25
require go.etcd.io/etcd/server/v3 v$etcd
MOD
printf 'package cluster\n\nimport _ "go.etcd.io/etcd/server/v3/etcdmain"\n' > tools.go
go mod tidy >/dev/null 2>&1
build etcd go.etcd.io/etcd/server/v3

if [ ! -x "$place/kwok" ]; then
  echo 'building kwok' >&2
  GOBIN="$work/bin" GOFLAGS=-modcacherw go install -ldflags='-s -w' "sigs.k8s.io/kwok/cmd/kwok@v$kwok"
  mv "$work/bin/kwok" "$place/kwok"
fi
echo "$place"
