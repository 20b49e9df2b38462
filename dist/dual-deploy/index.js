import { main } from '../core/index.js'
await main('dual-deploy')
