import { post } from '../core/index.js'
await post('dual-deploy')
