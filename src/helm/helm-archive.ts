import { UserError } from '../action/errors.ts'
import { parseHelmVersion } from './helm-version.ts'

/** A published build of helm. */
export interface HelmArchive {
  /** Without the `v`. */
  readonly version: string
  /** `linux-amd64`. */
  readonly platform: string
  readonly name: string
  readonly url: string
  /** Where the binary lies in it. */
  readonly entry: string
}

/** Where helm is published; STRANGLER_DEPLOY_HELM_URL names a mirror with the same files. */
const publisher = 'https://get.helm.sh'
const mirrorVariable = 'STRANGLER_DEPLOY_HELM_URL'

const systems: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' }
const processors: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: '386',
  ppc64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
}

/** A version in full, as releases are named: `4.2.3`, `v3.17.2`, `4.0.0-rc.1`. */
export const helmVersionForm = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]{1,30})?$/

/**
 * The archive of a version for a machine (Node's names of system and processor; this one's unless told).
 * @throws UserError for a version that is not supported, a machine that helm is not built for, or a mirror that cannot be trusted
 */
export function helmArchive(
  asked: string,
  env: NodeJS.ProcessEnv,
  machine: { readonly os: string; readonly arch: string } = { os: process.platform, arch: process.arch },
): HelmArchive {
  if (!helmVersionForm.test(asked)) throw new UserError(`'${asked.slice(0, 80)}' is no version of helm: write 4.2.3`)
  parseHelmVersion(asked)
  const version = asked.replace(/^v/, '')
  const [os, arch] = [systems[machine.os], processors[machine.arch]]
  if (os === undefined || arch === undefined) {
    throw new UserError(
      `helm cannot be downloaded for ${machine.os}/${machine.arch}: install it and leave helm-version out`,
    )
  }
  const platform = `${os}-${arch}`
  const name = `helm-v${version}-${platform}.tar.gz`
  return { version, platform, name, url: `${base(env)}/${name}`, entry: `${platform}/helm` }
}

function base(env: NodeJS.ProcessEnv): string {
  const told = env[mirrorVariable] || publisher
  const url = URL.canParse(told) ? new URL(told) : undefined
  const plain = url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url === undefined || (url.protocol !== 'https:' && !plain) || url.search !== '' || url.hash !== '') {
    throw new UserError(`${mirrorVariable}: expected an https:// URL, got '${told.slice(0, 200)}'`)
  }
  return told.replace(/\/+$/, '')
}
