#!/bin/sh
# running.sh NAMESPACE: prints the images that run on Rancher's cluster, by the digest that was pulled; a pod on its way out does not count.
set -eu
kubectl --namespace "$1" get pods --selector app=orders --field-selector status.phase=Running --output go-template='
{{- range .items }}{{ if not .metadata.deletionTimestamp }}{{ (index .status.containerStatuses 0).imageID }}{{ "\n" }}{{ end }}{{ end -}}
' | sort -u
