/** Through which members and calls does the path of an export lead? */

/** `GPU().createKernel` -> ['GPU', '()', 'createKernel']; `default` alone is the module itself. */
export function splitExport(path: string): string[] {
  const tokens = path.split('.').flatMap((part) => {
    const calls = part.match(/\(\)/g)?.length ?? 0;
    return [part.replaceAll('()', ''), ...Array.from({ length: calls }, () => '()')];
  });
  return tokens[0] === 'default' ? tokens.slice(1) : tokens;
}
