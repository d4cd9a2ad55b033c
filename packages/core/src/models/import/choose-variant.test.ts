import { describe, expect, it } from 'vitest';
import { chooseVariant, graphsAmong } from './choose-variant.js';

describe('chooseVariant', () => {
  const graphs = ['onnx/model.onnx', 'onnx/model_fp16.onnx', 'onnx/model_quantized.onnx'];

  it.each([
    [graphs, 'onnx/model.onnx'],
    [graphs.slice(1), 'onnx/model_quantized.onnx'],
    [['model.onnx'], 'model.onnx'],
    [['onnx/model_q4.onnx'], 'onnx/model_q4.onnx'],
  ])('of %j takes %s', (paths, chosen) => {
    expect(chooseVariant(paths, undefined, '/m')).toBe(chosen);
  });

  it.each(['fp16', 'model_fp16', 'model_fp16.onnx', 'onnx/model_fp16.onnx'])('understands %s', (wanted) => {
    expect(chooseVariant(graphs, wanted, '/m')).toBe('onnx/model_fp16.onnx');
  });

  it('says what there is', () => {
    const error = { code: 'request.invalid_input', message: expect.stringContaining(graphs.join(', ')) };
    expect(() => chooseVariant(graphs, 'q4', '/m')).toThrow(expect.objectContaining(error));
    expect(() => chooseVariant(['onnx/model_q4.onnx', 'onnx/model_bnb4.onnx'], undefined, '/m')).toThrow(/--variant/);
  });
});

it('finds graphs where the hub and exports have them', () => {
  const paths = ['model.onnx', 'onnx/model_q4.onnx', 'onnx/decoder.onnx', 'a/b/model.onnx', 'onnx/model.onnx_data'];
  expect(graphsAmong(paths)).toEqual(['model.onnx', 'onnx/model_q4.onnx']);
});
