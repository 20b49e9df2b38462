import { defineAction } from '../action/define.ts'
import { duration, flag, list, oneOf, text } from '../action/inputs.ts'
import { isTag } from '../artifact/image-reference.ts'
import { promoteArtifact as promoteImage } from '../artifact/promotion.ts'
import { gateLevels } from '../artifact/scan-gate.ts'

/** An image with everything attached to it, to the next environment, by digest. */
export const promoteArtifact = defineAction({
  name: 'promote-artifact',
  description: 'Moves an image with everything attached to it to the next environment by digest, without a rebuild.',
  inputs: {
    image: text({
      description: 'The image: repository@sha256:…, or repository:tag, which is resolved once.',
      required: true,
    }),
    to: text({ description: 'Destination repository in ECR, by name or URI.', required: true }),
    tags: list({ description: 'Tags to write at the destination, last of all, by commas.' }),
    'create-repository': flag({ description: 'Creates the destination when it is not there.', default: 'false' }),
    'tag-mutability': oneOf(['MUTABLE', 'IMMUTABLE'])({
      description: 'Of a destination that is created.',
      default: 'IMMUTABLE',
    }),
    'include-referrers': flag({
      description: 'Takes along what refers to the image or its parts: signatures, SBOMs, attestations.',
      default: 'true',
    }),
    'move-tags': flag({
      description: 'Lets a tag go that leads to another digest. Otherwise that is an error.',
      default: 'false',
    }),
    'scan-gate': oneOf(gateLevels)({
      description:
        'Refuses an image whose scan at the source has findings of this severity or above, or has no result.',
      default: 'off',
    }),
    timeout: duration({ description: 'For the promotion in all.', default: '30m' }),
    'aws-region': text({ description: 'Region of the source, and of the destination unless told.' }),
    'destination-aws-region': text({ description: 'Region of the destination.' }),
    'source-role-arns': list({ description: 'Roles to assume for the source, one after another.' }),
    'destination-role-arns': list({ description: 'Roles to assume for the destination, one after another.' }),
    'dry-run': flag({ description: 'Makes only reading calls and prints what would be moved.', default: 'false' }),
  },
  outputs: {
    image: { description: 'The artifact at its destination: repository@digest.' },
    digest: { description: 'Its digest, the same as at the source.' },
    tags: { description: 'Its tags at the destination, by commas.' },
    'copied-manifests': { description: 'Manifests that were written.' },
    'copied-blobs': { description: 'Blobs that were streamed.' },
    'mounted-blobs': { description: 'Blobs that the registry took over by itself.' },
    bytes: { description: 'Bytes that went through this machine.' },
  },
  permissions: {
    iam: {
      'ecr:DescribeRepositories': 'to find the destination',
      'ecr:CreateRepository': 'only with create-repository',
      'ecr:GetAuthorizationToken': 'to speak to both registries',
      'ecr:BatchGetImage': 'to read manifests, and to see what is there',
      'ecr:ListImageReferrers': 'to find what refers to the image',
      'ecr:GetDownloadUrlForLayer': 'the registry asks for it on the source',
      'ecr:BatchCheckLayerAvailability': 'the registry asks for it on the destination',
      'ecr:InitiateLayerUpload': 'the registry asks for it on the destination',
      'ecr:UploadLayerPart': 'the registry asks for it on the destination',
      'ecr:CompleteLayerUpload': 'the registry asks for it on the destination',
      'ecr:PutImage': 'the registry asks for it on the destination',
      'ecr:DescribeImageScanFindings': 'only with scan-gate',
    },
  },
  check: (inputs) => (inputs.tags ?? []).filter((tag) => !isTag(tag)).map((tag) => `input 'tags': '${tag}' is no tag`),
  run: ({ inputs, ...context }) =>
    promoteImage(
      {
        image: inputs.image,
        to: inputs.to,
        tags: inputs.tags ?? [],
        create: inputs['create-repository'],
        mutability: inputs['tag-mutability'],
        includeReferrers: inputs['include-referrers'],
        moveTags: inputs['move-tags'],
        gate: inputs['scan-gate'],
        timeoutMs: inputs.timeout,
        source: { region: inputs['aws-region'], roleArns: inputs['source-role-arns'] ?? [] },
        destination: {
          region: inputs['destination-aws-region'] ?? inputs['aws-region'],
          roleArns: inputs['destination-role-arns'] ?? [],
        },
        dryRun: inputs['dry-run'],
      },
      context,
    ),
})
