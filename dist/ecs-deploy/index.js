import { main } from '../core/index.js'
await main('ecs-deploy')
