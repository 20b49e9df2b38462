import { type Cluster, put } from '../cluster.ts'
import { controls, type Fields, type KubeObject, ownedBy } from '../object.ts'
import { resource } from '../resources.ts'
import { templateHash } from './template-hash.ts'

const revisions = resource('apps/v1/controllerrevisions')

/** The revision of an object's template, `<name>-<hash>`, kept as a ControllerRevision when it is new. */
export function currentRevision(cluster: Cluster, owner: KubeObject): { name: string; hash: string } {
  const { namespace, name } = owner.metadata
  const template = owner['spec'].template as Fields
  const hash = templateHash(template)
  const full = `${name}-${hash}`
  if (cluster.store.get(revisions, namespace, full) === undefined) {
    const own = cluster.store.list(revisions, namespace).filter((one) => ownedBy(one, owner))
    put(cluster, revisions, {
      metadata: {
        name: full,
        namespace,
        labels: { ...template['metadata']?.labels, 'controller.kubernetes.io/hash': hash },
        ownerReferences: [controls(owner)],
      },
      data: { spec: { template: { ...template, $patch: 'replace' } } },
      revision: Math.max(0, ...own.map((one) => one['revision'] as number)) + 1,
    })
  }
  return { name: full, hash }
}

/** The template of an earlier revision; undefined when it is not kept. */
export function templateAt(cluster: Cluster, owner: KubeObject, revision: string): Fields | undefined {
  const kept = cluster.store.get(revisions, owner.metadata.namespace, revision)
  if (kept === undefined) return undefined
  const { $patch: _directive, ...template } = kept['data'].spec.template as Fields
  return template
}
