import { main } from '../core/index.js'
await main('build-push-ecr')
