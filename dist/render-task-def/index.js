import { main } from '../core/index.js'
await main('render-task-def')
