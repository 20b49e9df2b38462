import { main } from '../core/index.js'
await main('helm-upgrade-with-history')
