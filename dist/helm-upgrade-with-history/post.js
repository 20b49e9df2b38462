import { post } from '../core/index.js'
await post('helm-upgrade-with-history')
