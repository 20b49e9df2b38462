#!/bin/sh
# running.sh HOST: prints the image that runs on an old Docker host, by digest; nothing when none does.
set -eu
host=$1

if [ -n "${REHEARSAL_HOSTS:-}" ]; then
  [ ! -f "$REHEARSAL_HOSTS/$host/catalog/.env" ] || sed -n 's/^CATALOG_IMAGE=//p' "$REHEARSAL_HOSTS/$host/catalog/.env"
  exit
fi

# What containers were started from, not what the file beside them says by now.
ssh "$host" 'docker ps --filter label=com.docker.compose.project=catalog --format "{{.Image}}"' | sort -u
