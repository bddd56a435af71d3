/**
 * Draws cases of `benchmarks.parity` with the page's engine, without networks: their outputs come
 * from Python.
 *
 * node benchmarks/parity.js FOLDER
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { translate } from '../pix2pix/page/engine/translate.js';

const engine = new URL('../pix2pix/page/engine/', import.meta.url);
const constants = JSON.parse(await readFile(new URL('constants.json', engine), 'utf8'));
const folder = process.argv[2];
const cases = JSON.parse(await readFile(join(folder, 'cases.json'), 'utf8'));

const bytes = async (name) => new Uint8Array(await readFile(join(folder, name)));
const floats = async (name) => new Float32Array((await bytes(name)).buffer);
const picture = async (name, { width, height }) => ({
  width,
  height,
  data: new Uint8ClampedArray((await bytes(name)).buffer),
});

async function draw(name, { config, options, drawing, hints, guided }) {
  const given = await picture(`${name}.drawing`, drawing);
  const dabs = hints && (await picture(`${name}.hints`, hints));
  const painted = await floats(`${name}.painted`).catch(() => null);
  const doubled = guided && (await floats(`${name}.doubled`));
  const seen = { input: new Float32Array(0), guided: new Float32Array(0) };
  const model = {
    config,
    constants,
    async generate(input) {
      seen.input = input.slice();
      return painted;
    },
    async refine(input, height, width) {
      seen.guided = input.slice();
      const isAlike = height === guided?.height && width === guided?.width;
      return isAlike ? doubled : new Float32Array(12 * height * width);
    },
  };
  const start = process.cpuUsage();
  const made = await translate(model, given, { ...options, hints: dabs });
  const { user, system } = process.cpuUsage(start); // whatever else the machine does
  await writeFile(join(folder, `${name}.edges`), made.edges);
  await writeFile(join(folder, `${name}.input`), seen.input);
  await writeFile(join(folder, `${name}.guided`), seen.guided);
  const shown = made.cutout ?? made.picture;
  await writeFile(join(folder, `${name}.picture`), shown.data);
  return { milliseconds: (user + system) / 1000 };
}

const results = [];
for (const [turn, each] of cases.entries()) {
  results.push(
    await draw(String(turn), each).catch((error) => {
      if (!error.code) throw error;
      return { code: error.code };
    }),
  );
}
await writeFile(join(folder, 'results.json'), JSON.stringify(results));
