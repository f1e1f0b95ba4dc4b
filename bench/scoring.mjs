// The outside peer of bench/scoring.sh: onnxruntime-node with sharp. Decodes and resizes the next image while the network runs on this one.
// Prints images a second and the process's peak of memory in MiB. Usage: node scoring.mjs MODEL.onnx FOLDER COUNT SIDE
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const ort = require('onnxruntime-node'), sharp = require('sharp');
const [model, folder, count, side] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const warmUp = 6;
const files = readdirSync(folder).filter(name => name.endsWith('.jpg')).sort();
const session = await ort.InferenceSession.create(model);

async function read(index) {
  const pixels = await sharp(join(folder, files[index % files.length])).resize(side, side, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const area = side * side, planes = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    planes[i] = pixels[3 * i];
    planes[area + i] = pixels[3 * i + 1];
    planes[2 * area + i] = pixels[3 * i + 2];
  }
  return new ort.Tensor('float32', planes, [1, 3, side, side]);
}

let start = 0, next = read(0), pixels = 0;
for (let i = 0; i < warmUp + count; i++) {
  if (i === warmUp) start = performance.now();
  const image = await next;
  next = read(i + 1);
  const { mask } = await session.run({ image }, ['mask']);
  pixels += mask.data.length;
}
await next;
const seconds = (performance.now() - start) / 1000;
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
console.log(`${(count / seconds).toFixed(2)} ${peak.toFixed(0)}`);
