import { post } from '../core/index.js'
await post('codedeploy-bluegreen')
