import { halfNumbers } from './half-numbers.js';
import type { Tensor } from './safetensors.js';

/**
 * Weights by token id.
 * @throws Error for a tensor that is no list of F32, F64 or F16
 */
export function weightsOf({ type, shape, data }: Tensor): Float32Array | Float64Array {
  if (shape.length !== 1) throw new Error('its tensor "weights" is no list');
  if (type === 'F32') return new Float32Array(data);
  if (type === 'F64') return new Float64Array(data);
  if (type !== 'F16') throw new Error(`its tensor "weights" is ${type}; F32, F64 and F16 can be read`);
  const numbers = halfNumbers();
  return Float32Array.from(new Uint16Array(data), (bits) => numbers[bits] as number);
}

/**
 * Rows by token id, of a vocabulary-quantised model.
 * @throws Error for a tensor that is no list of I64 or I32, or leads outside the table
 */
export function mappingOf({ type, shape, data }: Tensor, rows: number): Int32Array {
  if (shape.length !== 1) throw new Error('its tensor "mapping" is no list');
  if (type !== 'I64' && type !== 'I32') throw new Error(`its tensor "mapping" is ${type}; I64 and I32 can be read`);
  const mapping = type === 'I32' ? new Int32Array(data) : Int32Array.from(new BigInt64Array(data), Number);
  if (mapping.some((row) => row < 0 || row >= rows)) throw new Error(`its tensor "mapping" leads past ${rows} rows`);
  return mapping;
}
