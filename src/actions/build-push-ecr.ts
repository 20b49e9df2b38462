import { defineAction } from '../action/define.ts'
import { duration, flag, list, oneOf, pairs, text } from '../action/inputs.ts'
import { buildAndPush } from '../artifact/build-push.ts'
import { builderNames } from '../artifact/builders.ts'
import { isTag } from '../artifact/image-reference.ts'
import { gateLevels } from '../artifact/scan-gate.ts'
import { awsSession } from '../aws/session.ts'

/** Build, or take a finished OCI layout, and push it to ECR by digest. */
export const buildPushEcr = defineAction({
  name: 'build-push-ecr',
  description:
    'Builds an image, or takes a finished OCI layout, and pushes it to ECR; returns the digest that the registry confirms.',
  inputs: {
    repository: text({ description: 'ECR repository, by name or URI.', required: true }),
    tags: list({ description: 'Tags, by commas. Written last, after the scan gate.' }),
    context: text({ description: 'Build context.', default: '.' }),
    file: text({ description: 'Dockerfile; the one in the context when absent.' }),
    target: text({ description: 'Build stage to build.' }),
    'build-args': pairs({
      description: 'Build arguments: NAME=value, one on each line. Not for secrets: they stay in the image.',
    }),
    labels: pairs({ description: 'Image labels: name=value, one on each line.' }),
    platforms: list({ description: 'Platforms such as linux/amd64,linux/arm64.' }),
    builder: oneOf(['auto', ...builderNames])({
      description: 'What to build with; auto takes the first that works.',
      default: 'auto',
    }),
    'oci-layout': text({
      description: 'Path of a finished image, a directory or a tar of an OCI layout: nothing is built then.',
    }),
    'create-repository': flag({ description: 'Creates the repository when it is not there.', default: 'false' }),
    'tag-mutability': oneOf(['MUTABLE', 'IMMUTABLE'])({
      description: 'Of a repository that is created.',
      default: 'IMMUTABLE',
    }),
    'scan-gate': oneOf(gateLevels)({
      description:
        'Waits for the scan and refuses findings of this severity or above. A scan without a result is no pass.',
      default: 'off',
    }),
    timeout: duration({ description: 'For the build, the push and the gate together.', default: '30m' }),
    'aws-region': text({ description: 'Region of the repository.' }),
    'role-arns': list({ description: 'Roles to assume, one after another.' }),
    'dry-run': flag({ description: 'Builds and pushes nothing; says what would be done.', default: 'false' }),
  },
  outputs: {
    image: { description: 'The artifact: repository@digest.' },
    digest: { description: 'Its digest, as the registry confirms it.' },
    tags: { description: 'Its tags, by commas.' },
    'repository-uri': { description: 'The repository.' },
    platforms: { description: 'The platforms of an index, by commas.' },
  },
  permissions: {
    iam: {
      'ecr:DescribeRepositories': 'to find the repository',
      'ecr:CreateRepository': 'only with create-repository',
      'ecr:GetAuthorizationToken': 'to speak to the registry',
      'ecr:BatchGetImage': 'to see what is there, and to read the digest back',
      'ecr:BatchCheckLayerAvailability': 'the registry asks for it on each layer',
      'ecr:InitiateLayerUpload': 'the registry asks for it to push',
      'ecr:UploadLayerPart': 'the registry asks for it to push',
      'ecr:CompleteLayerUpload': 'the registry asks for it to push',
      'ecr:PutImage': 'the registry asks for it to push',
      'ecr:DescribeImageScanFindings': 'only with scan-gate',
    },
  },
  check: (inputs) => (inputs.tags ?? []).filter((tag) => !isTag(tag)).map((tag) => `input 'tags': '${tag}' is no tag`),
  async run(context) {
    const { inputs } = context
    const aws = awsSession({ region: inputs['aws-region'], roleArns: inputs['role-arns'] ?? [] })
    try {
      return await buildAndPush(
        {
          repository: inputs.repository,
          tags: inputs.tags ?? [],
          layout: inputs['oci-layout'],
          builder: inputs.builder,
          build: {
            context: inputs.context,
            file: inputs.file,
            target: inputs.target,
            buildArgs: inputs['build-args'] ?? {},
            labels: inputs.labels ?? {},
            platforms: inputs.platforms ?? [],
          },
          create: inputs['create-repository'],
          mutability: inputs['tag-mutability'],
          gate: inputs['scan-gate'],
          timeoutMs: inputs.timeout,
          dryRun: inputs['dry-run'],
        },
        aws,
        context,
      )
    } finally {
      aws.close()
    }
  },
})
