import { main } from '../core/index.js'
await main('codedeploy-bluegreen')
