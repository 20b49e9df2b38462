import { main } from '../core/index.js'
await main('promote-artifact')
