import { hookFailed, hookTimedOut } from './deployment-failure.ts'
import type { DeploymentWork } from './deployment-work.ts'
import { type HookCall, inputs, nameIn, texts } from './state.ts'

const minute = 60_000

/** Calls every hook that the configuration names for a stage, one after another, and waits for it. @throws Broken */
export async function runHooks(work: DeploymentWork, stage: string): Promise<void> {
  for (const hook of inputs(work.record.configuration['lifecycleHooks'])) {
    if (!texts(hook['lifecycleStages']).includes(stage)) continue
    const { world, record } = work
    const timeoutMs = Number(hook['timeoutConfiguration']?.timeoutInMinutes ?? 1_440) * minute
    const call: HookCall = {
      hookId: world.id(32),
      targetType: hook['targetType'] === 'PAUSE' ? 'PAUSE' : 'AWS_LAMBDA',
      targetArn: hook['hookTargetArn'] as string | undefined,
      expiresAt: world.clock.now() + timeoutMs,
      timeoutAction: hook['timeoutConfiguration']?.action === 'CONTINUE' ? 'CONTINUE' : 'ROLLBACK',
      status: hook['targetType'] === 'PAUSE' ? 'AWAITING_ACTION' : 'IN_PROGRESS',
    }
    record.hooks.push(call)
    if (call.targetType === 'AWS_LAMBDA') await callFunction(work, stage, call, timeoutMs)
    else await record.pace.pause(timeoutMs)
    if (call.status === 'AWAITING_ACTION' || call.status === 'IN_PROGRESS') {
      call.status = 'TIMED_OUT'
      if (call.timeoutAction === 'ROLLBACK') throw hookTimedOut(stage)
    }
    if (call.status === 'FAILED') throw hookFailed(stage, call.targetArn)
  }
}

/** What the function answers is set beforehand: src/sandbox/hooks.ts. */
async function callFunction(work: DeploymentWork, stage: string, call: HookCall, timeoutMs: number): Promise<void> {
  const { world, record } = work
  const name = call.targetArn ?? ''
  const execution = {
    id: call.hookId,
    deploymentId: nameIn(record.arn),
    event: stage,
    function: name,
    at: world.clock.now(),
    answer: (status: 'Succeeded' | 'Failed') => {
      call.status = status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED'
      record.pace.wake()
    },
  }
  const answered = world.hooks.called(execution)
  const planned = world.hooks.answerOf(name)
  try {
    await record.pace.pause(planned.status === 'none' ? timeoutMs : Math.min(planned.afterMs, timeoutMs))
  } finally {
    answered()
  }
  if (call.status !== 'IN_PROGRESS') return
  if (planned.status === 'Succeeded') call.status = 'SUCCEEDED'
  if (planned.status === 'Failed') call.status = 'FAILED'
}
