#!/bin/sh
# deploy.sh HOST IMAGE: migrates, then brings the service up on an old Docker host, by the image's digest.
# In a rehearsal REHEARSAL_HOSTS names a folder; a folder in it plays the host and is told what compose would be told.
set -eu
host=$1
image=$2
here=$(dirname "$0")

if [ -n "${REHEARSAL_HOSTS:-}" ]; then
  mkdir -p "$REHEARSAL_HOSTS/$host/catalog"
  cp "$here/compose.yml" "$REHEARSAL_HOSTS/$host/catalog/compose.yml"
  printf 'CATALOG_IMAGE=%s\n' "$image" >"$REHEARSAL_HOSTS/$host/catalog/.env"
  echo "catalog is ${image##*@} on $host (a rehearsal)"
  exit
fi

ssh "$host" mkdir -p catalog
scp -q "$here/compose.yml" "$host:catalog/compose.yml"
printf 'CATALOG_IMAGE=%s\n' "$image" | ssh "$host" 'cat >catalog/.env'
ssh "$host" docker compose --project-directory catalog run --rm --quiet-pull catalog /app/migrate.mjs
ssh "$host" docker compose --project-directory catalog up --detach --wait --quiet-pull
echo "catalog is ${image##*@} on $host"
