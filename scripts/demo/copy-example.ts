/** Copies the example to a folder of its own, with the packages it names linked from this checkout. */

import { cp, mkdir, mkdtemp, readFile, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Manifest {
  readonly name: string;
  readonly devDependencies?: Record<string, string>;
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Returns the new folder. The plugin itself is linked to the checkout, everything else to its node_modules. */
export async function copyExample(checkout: string, example: string): Promise<string> {
  const folder = path.join(await realpath(await mkdtemp(path.join(tmpdir(), 'slow-tests-demo-'))), path.basename(example));
  await cp(example, folder, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  const own = await readManifest(checkout);
  const { devDependencies = {} } = await readManifest(example);
  const installed = path.join(checkout, 'node_modules');
  const modules = path.join(folder, 'node_modules');
  await mkdir(modules);
  await symlink(path.join(installed, '.bin'), path.join(modules, '.bin'), 'junction');
  for (const name of Object.keys(devDependencies)) {
    const link = path.join(modules, name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(name === own.name ? checkout : path.join(installed, name), link, 'junction');
  }
  return folder;
}
