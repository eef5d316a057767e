/** JUnit XML, which nearly every runner can write: node:test, bun, Vitest, Jest, Jasmine. */
import type { XmlElement } from '@rgrove/parse-xml';
import { parseXml, XmlElement as Element } from '@rgrove/parse-xml';
import { fail, ProfileError } from './profile-error.ts';
import type { RecordedRun, RunRecorder } from './recorded-run.ts';

/** Tests of a report that does not name their files. */
export const UNKNOWN_FILE = '(unknown)';

export function readJunit(text: string, path: string, recorder: RunRecorder): RecordedRun {
  const { root } = parse(text, path);
  if (!root || !/^testsuites?$/.test(root.name)) return fail(path, undefined, 'JUnit XML with <testsuites> or <testsuite>', root ? `<${root.name}>` : 'no element');
  readSuite(root, { path, recorder, groups: [], file: undefined });
  return recorder.finish({});
}

interface Place {
  readonly path: string;
  readonly recorder: RunRecorder;
  readonly groups: readonly string[];
  readonly file: string | undefined;
}

/** The parser knows no entities but those of XML itself, and reads nothing from elsewhere. */
function parse(text: string, path: string): ReturnType<typeof parseXml> {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof RangeError) throw error;
    const [message = ''] = error.message.split('\n');
    throw new ProfileError(`${path}: expected JUnit XML, got something that is none or not whole: ${message}`, { cause: error });
  }
}

function readSuite(element: XmlElement, around: Place): void {
  const { name = '', file, filepath } = element.attributes;
  const named = file ?? filepath ?? (isFile(name) ? name : undefined);
  // The outermost name is that of the run, or of a file.
  const isGroup = element.name === 'testsuite' && name !== '' && named !== name && !isFile(name);
  const place = { ...around, file: named ?? around.file, groups: isGroup ? [...around.groups, name] : around.groups };
  for (const child of element.children) {
    if (!(child instanceof Element)) continue;
    if (child.name === 'testsuite') readSuite(child, place);
    else if (child.name === 'testcase') readCase(child, place);
  }
}

function readCase({ attributes, children }: XmlElement, { path, recorder, groups, file }: Place): void {
  const { name = '', classname = '', time, file: own, line } = attributes;
  const marks = new Set(children.flatMap((child) => (child instanceof Element ? child.name : [])));
  const outcome = marks.has('skipped') ? 'skipped' : marks.has('failure') || marks.has('error') ? 'failed' : 'passed';
  const inClass = isFile(classname) ? classname : undefined;
  // Vitest names the file as the class, and joins the titles.
  const titles = inClass === undefined ? [...groups, name] : [...groups, ...name.split(' > ')];
  recorder.addTest(own ?? file ?? inClass ?? UNKNOWN_FILE, {
    title: titles,
    outcome,
    duration: outcome === 'skipped' ? undefined : secondsOf(time, name, path),
    line: line === undefined ? undefined : Math.trunc(Number(line)) || undefined,
  });
}

/** Some write `1,234.5`. */
function secondsOf(time: string | undefined, name: string, path: string): number | undefined {
  if (time === undefined) return undefined;
  const seconds = Number(time.replaceAll(',', ''));
  return seconds >= 0 && Number.isFinite(seconds) ? seconds * 1000 : fail(path, `testcase ${JSON.stringify(name.slice(0, 60))}: time`, 'seconds, 0 or more', JSON.stringify(time.slice(0, 60)));
}

function isFile(name: string): boolean {
  return /^\S.*\.[cm]?[jt]sx?$/.test(name);
}
