// A program for tests: the sample action as a process, under the real host, as dist/ starts the real ones.
import { clockFrom } from '../../src/action/clock.ts'
import { runAction, runPost } from '../../src/action/run.ts'
import { openHost } from '../../src/hosts/detect.ts'
import { processSurroundings } from '../../src/hosts/surroundings.ts'
import { sampleAction } from '../support/sample-action.ts'

const surroundings = processSurroundings()
const step = process.argv[2] === 'post' ? 'post' : 'main'
const host = await openHost(surroundings, { action: sampleAction.name, step })
await (step === 'post' ? runPost : runAction)(sampleAction, host, clockFrom(surroundings.env))
