#!/usr/bin/env node
import { cli } from '../core/index.js'
await cli()
