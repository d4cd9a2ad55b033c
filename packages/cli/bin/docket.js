#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The build makes one file of what starts the command; without it the modules do the same.
const bundled = new URL('../dist/bundled/start.js', import.meta.url);
const { start } = await import(existsSync(bundled) ? bundled.href : '../dist/start.js');
await start();
