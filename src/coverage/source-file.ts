/** Which files are source of the project, so that their coverage counts: no package, no configuration, nothing that is gone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `file` is relative to the folder of package.json, with `/`. */
export function isSourceFile(file: string, root: string): boolean {
  return !/(?:^|\/)(?:node_modules|\.slow-tests)\//.test(file) && !/\.config\.[cm]?[jt]s$/.test(file) && existsSync(join(root, file));
}
