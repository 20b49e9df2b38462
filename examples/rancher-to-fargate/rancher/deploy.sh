#!/bin/sh
# deploy.sh NAMESPACE REGION IMAGE: gives the workload on Rancher's cluster an image, by digest, and stays until it runs.
# kubectl finds the cluster by KUBECONFIG, the file that Rancher hands out for it.
set -eu
namespace=$1
region=$2
image=$3

sed -e "s|@IMAGE@|$image|" -e "s|@REGION@|$region|" "$(dirname "$0")/orders.yaml" | kubectl --namespace "$namespace" apply --filename -
if ! kubectl --namespace "$namespace" rollout status deployment/orders --timeout 10m; then
  kubectl --namespace "$namespace" get pods --selector app=orders >&2
  kubectl --namespace "$namespace" logs --selector app=orders --all-containers --ignore-errors --tail 5 --prefix >&2 || true
  kubectl --namespace "$namespace" rollout undo deployment/orders
  echo "orders did not come up in $namespace and went back" >&2
  exit 1
fi
