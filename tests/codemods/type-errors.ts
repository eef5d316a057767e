/** What TypeScript says of a rewritten test file: in memory, with the types of the libraries that it imports written out by the case. */
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, types: [], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], skipLibCheck: true };
const ROOT = '/project/';
const libraries = new Map<string, ts.SourceFile>();

/** Messages of errors, `line: text`, in the file `a.test.ts` beside the declarations. */
export function typeErrors(text: string, declarations: string): readonly string[] {
  const files = new Map([['a.test.ts', text], ['types.d.ts', declarations], ['package.json', '{ "type": "module" }']]);
  const host = ts.createCompilerHost(OPTIONS);
  const own = (path: string): string | undefined => (path.startsWith(ROOT) ? files.get(path.slice(ROOT.length)) : undefined);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => ROOT;
  host.fileExists = (path) => own(path) !== undefined || (!path.startsWith(ROOT) && ts.sys.fileExists(path));
  host.readFile = (path) => own(path) ?? ts.sys.readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const given = own(path);
    if (given !== undefined) return ts.createSourceFile(path, given, language);
    const known = libraries.get(path) ?? getSourceFile.call(host, path, language, ...rest);
    if (known) libraries.set(path, known);
    return known;
  };
  const program = ts.createProgram([`${ROOT}a.test.ts`, `${ROOT}types.d.ts`], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
