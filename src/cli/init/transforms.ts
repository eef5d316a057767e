/** One-line transforms, so that `npx jscodeshift -t split-slow test/` works: jscodeshift looks into the current folder only. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allCodemods } from '../../../codemods/all.ts';
import type { Project } from './project.ts';
import type { Proposal } from './proposal.ts';

const PACKAGE = 'eslint-plugin-slow-tests';

export function proposeTransforms({ folder, packageText }: Project): Proposal[] {
  const isModule = (JSON.parse(packageText) as { readonly type?: string }).type === 'module';
  return allCodemods.map(({ name }): Proposal => {
    if (existsSync(join(folder, name))) return { type: 'hint', text: `${name}/ is there already.` };
    return { type: 'write', path: join(folder, name, 'index.js'), before: undefined, after: isModule ? `export { default } from '${PACKAGE}/codemods/${name}';\n` : `module.exports = require('${PACKAGE}/codemods/${name}');\n` };
  });
}
