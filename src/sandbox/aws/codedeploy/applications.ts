import { randomUUID } from 'node:crypto'
import type { Caller, World } from '../../world.ts'
import { AwsError, type Input, type Operation } from '../service.ts'
import { revisionContent } from './appspec.ts'
import { applicationIn, applicationName, descriptionIn, page, tagsIn, textsIn } from './arguments.ts'
import { type Application, type CodeDeployState, isOver, type Revision } from './state.ts'
import { applicationInfo } from './views.ts'

/** Notes that an application knows a revision. */
export function noteRevision(application: Application, location: Input, now: number): Revision {
  const key = JSON.stringify(location)
  const known = application.revisions.get(key)
  if (known !== undefined) return known
  const revision: Revision = {
    location,
    description: undefined,
    registerTime: now,
    firstUsedTime: undefined,
    lastUsedTime: undefined,
    groups: new Set(),
  }
  application.revisions.set(key, revision)
  return revision
}

const revisionInfo = (revision: Revision) => ({
  description: revision.description,
  deploymentGroups: [...revision.groups],
  firstUsedTime: revision.firstUsedTime,
  lastUsedTime: revision.lastUsedTime,
  registerTime: revision.registerTime,
})

function revisionOf(input: Input): Input {
  if (typeof input['revision'] !== 'object' || input['revision'] === null) {
    throw new AwsError('RevisionRequiredException', 'The revision is required.')
  }
  return revisionContent(input['revision'] as Input).kept
}

/** Applications and their revisions. */
export function applicationOperations(
  world: World,
  stateOf: (caller: Caller) => CodeDeployState,
): Record<string, Operation> {
  return {
    CreateApplication(input, caller) {
      const { applications } = stateOf(caller)
      const name = applicationName(input)
      if (input['computePlatform'] !== 'ECS') {
        throw new AwsError(
          'InvalidComputePlatformException',
          'The sandbox deploys to ECS only: the computePlatform must be ECS.',
        )
      }
      if (applications.has(name)) {
        throw new AwsError('ApplicationAlreadyExistsException', `An application already exists for name: ${name}`)
      }
      const application: Application = {
        id: randomUUID(),
        name,
        createTime: world.clock.seconds(),
        tags: tagsIn(input['tags']),
        revisions: new Map(),
        groups: new Map(),
      }
      applications.set(name, application)
      return { applicationId: application.id }
    },
    GetApplication: (input, caller) => ({ application: applicationInfo(applicationIn(stateOf(caller), input)) }),
    BatchGetApplications(input, caller) {
      const names = textsIn(
        input,
        'applicationNames',
        100,
        'ApplicationNameRequiredException',
        'BatchLimitExceededException',
      )
      return {
        applicationsInfo: names.map((name) =>
          applicationInfo(applicationIn(stateOf(caller), { applicationName: name })),
        ),
      }
    },
    ListApplications(input, caller) {
      const { items, nextToken } = page([...stateOf(caller).applications.keys()].sort(), input)
      return { applications: items, nextToken }
    },
    UpdateApplication(input, caller) {
      const { applications } = stateOf(caller)
      const application = applicationIn(stateOf(caller), input)
      if (input['newApplicationName'] === undefined) return {}
      const name = applicationName(input, 'newApplicationName')
      if (applications.has(name)) {
        throw new AwsError('ApplicationAlreadyExistsException', `An application already exists for name: ${name}`)
      }
      applications.delete(application.name)
      application.name = name
      applications.set(name, application)
      return {}
    },
    DeleteApplication(input, caller) {
      const { applications, deployments } = stateOf(caller)
      const name = applicationName(input)
      for (const deployment of deployments.values()) {
        if (deployment.application.name === name && !isOver(deployment)) {
          deployment.pacer.interrupt({ kind: 'request', rollback: undefined })
        }
      }
      applications.delete(name)
      return {}
    },
    RegisterApplicationRevision(input, caller) {
      const application = applicationIn(stateOf(caller), input)
      const description = descriptionIn(input)
      const revision = noteRevision(application, revisionOf(input), world.clock.seconds())
      revision.description = description
      return {}
    },
    GetApplicationRevision(input, caller) {
      const application = applicationIn(stateOf(caller), input)
      const location = revisionOf(input)
      const revision = application.revisions.get(JSON.stringify(location))
      if (revision === undefined) {
        throw new AwsError('RevisionDoesNotExistException', 'The revision is not registered with the application.')
      }
      return { applicationName: application.name, revision: location, revisionInfo: revisionInfo(revision) }
    },
    ListApplicationRevisions(input, caller) {
      const all = [...applicationIn(stateOf(caller), input).revisions.values()]
      const wanted = all.filter(({ firstUsedTime }) =>
        input['deployed'] === 'include'
          ? firstUsedTime !== undefined
          : input['deployed'] !== 'exclude' || firstUsedTime === undefined,
      )
      const { items, nextToken } = page(wanted, input)
      return { revisions: items.map(({ location }) => location), nextToken }
    },
    BatchGetApplicationRevisions(input, caller) {
      const application = applicationIn(stateOf(caller), input)
      const revisions = Array.isArray(input['revisions']) ? (input['revisions'] as Input[]) : []
      if (revisions.length === 0) throw new AwsError('RevisionRequiredException', 'The revisions are required.')
      return {
        applicationName: application.name,
        revisions: revisions.flatMap((revision) => {
          const location = revisionOf({ revision })
          const known = application.revisions.get(JSON.stringify(location))
          return known === undefined ? [] : [{ revisionLocation: location, genericRevisionInfo: revisionInfo(known) }]
        }),
      }
    },
  }
}
