/** Commands that build or compile, and the functions with which tests start them. */

const PROCESS_MODULES = '(?:node:)?child_process|child-process-promise|execa|tinyexec|cross-spawn|nano-spawn|@npmcli/promise-spawn|shelljs|tape-spawn|zx|bun';
/** Modules that start processes; of each, the functions that do. */
export const PROCESS_MODULE = new RegExp(`^(?:${PROCESS_MODULES})$`);
/** Does the text of a file name one of them? */
export const PROCESS_MODULE_NAMED = new RegExp(`['"](?:${PROCESS_MODULES})['"]`);
export const STARTS_PROCESS = /^(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|execa|execaSync|execaCommand|execaCommandSync|execaNode|node|command|commandSync|x|sync|default|\$)$/;

/** A whole program or bundle each time they are started. */
const COMPILERS =
  'tsc|vue-tsc|tsgo|tspc|ttsc|webpack|webpack-cli|rspack|rollup|rolldown|esbuild|parcel|browserify|eleventy|metalsmith|tsup|tsdown|unbuild|microbundle|bili|ncc|asc|emcc|em\\+\\+|clang|gcc|g\\+\\+|rustc|wasm-pack|solc|solcjs|circom|ng-packagr|protoc|cmake|rescript';
/** Functions that are called like one of them. */
export const NAMED_LIKE_A_COMPILER = new RegExp(`^(?:${COMPILERS})$`);
/** These build when they are told to. */
const FRAMEWORKS =
  'vite|next|nuxt|nuxi|astro|remix|react-scripts|vue-cli-service|ng|nx|turbo|gatsby|docusaurus|storybook|vitepress|vuepress|svelte-kit|wxt|expo|ember|preact|rsbuild|rslib|umi|max|father|quasar|snowpack|stencil|vinxi|nitro|nitropack|vike|qwik|elm|spago|metro|metro-bundler|farm|tauri|cap|kit|pkg';
/** A whole run of another suite. */
const RUNNERS = 'jest|vitest|react-scripts test|karma start|playwright test|cypress run|wdio run|testcafe|web-test-runner|wtr|ng test';
export const RUNS_TESTS = new RegExp(`^(?:${RUNNERS})(?![\\w-])`);
/** Words of other tools that do as much. */
const OTHERS = [
  // Checks the whole program before it runs it, unless it is told not to.
  'ts-node(?! [^|;&]*(?:--transpile-only|-T(?=\\s)|--swc))',
  'cargo (?:build|test|run|check|install)',
  '(?:node-gyp|node-pre-gyp|cmake-js|napi|neon|maturin) (?:build|rebuild|compile|install)',
  'go (?:build|run|test)',
  'forge (?:build|test|script)',
  'hardhat (?:compile|test|run)',
  'truffle (?:compile|test|migrate)',
  'anchor (?:build|test)',
  'nargo (?:compile|prove|test|execute)',
  'docker(?:-compose| compose)? (?:build|run|up)',
  '(?:npm|pnpm|yarn|bun) (?:run )?(?:build|bundle|compile)(?![\\w])',
  '(?:npm|pnpm|yarn|bun) (?:install|ci|pack)',
  'prisma generate',
  // Where it stands like a program: `yarn jest`, `node_modules/jest/bin/jest.js`.
  `(?<=^|/|(?:npx|bunx|pnpx|yarn|pnpm|exec|dlx|run) )(?:${RUNNERS})(?:\\.[cm]?js|\\.cmd)?`,
  'elm-test(?! (?:init|install))',
  'jco (?:build|transpile|componentize|opt|run|serve)',
  'flow(?:-bin)? (?:check|status|start)',
  '(?:zkutil|snarkjs) (?:\\w+ )?(?:prove|fullprove|setup|contribute)',
  // By its place: `node_modules/webpack-cli/bin/cli.js`.
  `node_modules/(?:${COMPILERS})/(?:[\\w.-]+/)*(?:cli|index|main|bin)\\.[cm]?js`,
  // The tool of the package itself, told to build: `node ../out/cli.js build`.
  '(?:[\\w./-]*/)?(?:cli|bin)\\.[cm]?js (?:build|bundle|compile)',
];
/** What the words of a command say when it builds; what follows the program is in the second group. */
export const BUILD_COMMAND = new RegExp(
  `(?:^|[\\s/])(?:(?:${COMPILERS})(?:\\.[cm]?js|\\.cmd|\\.exe)?(?=\\s|$)|(?:${FRAMEWORKS})(?:\\.[cm]?js|\\.cmd)? (?:build|export|generate|bundle)(?=\\s|$)|(?:${OTHERS.join('|')})(?=\\s|$))`,
);
/** With these words the command line of a package that needs a bundler runs it. */
export const BUILD_VERB = /^(?:build|bundle|compile|dev|develop|development|prod|production|dev-server|serve|watch|prerender|export)$/;
/** A command line that needs one of these launches a browser for what it is given. */
export const BROWSER_DRIVER = /^(?:puppeteer(?:-core|-extra|-cluster)?|playwright(?:-core|-chromium)?|selenium-webdriver|webdriverio|chrome-launcher|chromedriver|chrome-remote-interface|simple-cdp|pageres|capture-website|penthouse|critical|lighthouse|pa11y)$/;
/** Asked for these, the same commands only talk. */
export const ONLY_TALKS = /(?:^|\s)(?:--?version|--?help|-[vVh]|--init|--showConfig|--print-config|--show-config|--list\S*|--dry-run|init|--info|info)(?=[\s=]|$)/;
