import { post } from '../core/index.js'
await post('ecs-deploy')
