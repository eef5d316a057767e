/** How the words of a command are typed, so that a shell hands them on as they are. */

export type Shell = 'posix' | 'windows';

export function quoteWords(words: readonly string[], shell: Shell): string {
  return words.map(shell === 'windows' ? quoteForWindows : quoteForPosix).join(' ');
}

export function shellOf(platform: NodeJS.Platform): Shell {
  return platform === 'win32' ? 'windows' : 'posix';
}

function quoteForPosix(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Programs split their command line themselves there, and know double quotes only; a backslash before one must be doubled. */
function quoteForWindows(word: string): string {
  return /^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
