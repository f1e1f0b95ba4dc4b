// The outside peer of the row of a model from elsewhere in bench/scoring.sh: onnxruntime-node with sharp. Decodes, resizes and normalises the
// next image while the network runs on this one; thresholds its probabilities and brings the mask to the image's size.
// Prints images a second and the process's peak of memory in MiB. Usage: node scoring_foreign.mjs MODEL.onnx FOLDER COUNT SIDE
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const ort = require('onnxruntime-node'), sharp = require('sharp');
const [model, folder, count, side] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const warmUp = 6, mean = [0.485, 0.456, 0.406], deviation = [0.229, 0.224, 0.225];
const files = readdirSync(folder).filter(name => name.endsWith('.jpg')).sort();
const session = await ort.InferenceSession.create(model);

async function read(index) {
  const image = sharp(join(folder, files[index % files.length]));
  const { width, height } = await image.metadata();
  const pixels = await image.resize(side, side, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const area = side * side, planes = new Float32Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    const factor = 1 / (255 * deviation[channel]), offset = -mean[channel] / deviation[channel];
    for (let i = 0, at = channel * area; i < area; i++, at++) planes[at] = pixels[3 * i + channel] * factor + offset;
  }
  return { tensor: new ort.Tensor('float32', planes, [1, 3, side, side]), width, height };
}

let start = 0, next = read(0), pixels = 0;
for (let i = 0; i < warmUp + count; i++) {
  if (i === warmUp) start = performance.now();
  const { tensor, width, height } = await next;
  next = read(i + 1);
  const { mask } = await session.run({ image: tensor }, ['mask']);
  const labels = new Uint8Array(side * side);
  for (let at = 0; at < labels.length; at++) labels[at] = mask.data[at] >= 0.5 ? 1 : 0;
  const whole = await sharp(labels, { raw: { width: side, height: side, channels: 1 } })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' }).extractChannel(0).raw().toBuffer();
  pixels += whole.length;
}
await next;
const seconds = (performance.now() - start) / 1000;
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
console.log(`${(count / seconds).toFixed(2)} ${peak.toFixed(0)}`);
