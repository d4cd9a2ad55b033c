// Preloaded into every Node process of a run (`NODE_OPTIONS=--import`): what OCR needs is not there, as where it was not
// installed. Who asks for it leaves a line in the file that OCR_LOG names.
import { appendFileSync } from 'node:fs';
import Module, { register } from 'node:module';

const PACKAGES = /^(?:sharp|tesseract\.js)(?:\/|$)/;
const log = process.env.OCR_LOG;

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (!PACKAGES.test(name)) return resolveFilename.call(this, name, ...rest);
  appendFileSync(log, `${name}\n`);
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
};

const hooks = `
import { appendFileSync } from 'node:fs';
export async function resolve(name, context, next) {
  if (!${PACKAGES}.test(name)) return next(name, context);
  appendFileSync(${JSON.stringify(log)}, name + '\\n');
  throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
