/** Real browsers and Electron, and tools that start one for every call. */
import type { CostRow } from '../cost-row.ts';

const playwright = [
  'playwright', 'playwright-core', '@playwright/test', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit',
  'playwright-extra', 'patchright', 'patchright-core', 'rebrowser-playwright', 'rebrowser-playwright-core',
];
const puppeteer = ['puppeteer', 'puppeteer-core', 'puppeteer-extra', 'puppeteer-firefox', 'rebrowser-puppeteer', 'rebrowser-puppeteer-core'];

/** Builders are chains: `new Builder().forBrowser(…).setChromeOptions(…).build()`. */
const chained = Array.from({ length: 6 }, (_, calls) => '.*()'.repeat(calls));

// A browser process takes some hundred milliseconds at the very least, often a second.
const milliseconds = 500;

export const browsers: readonly CostRow[] = [
  { module: puppeteer, export: 'launch', kind: 'launch', milliseconds },
  ...['chromium', 'firefox', 'webkit'].flatMap((browser): CostRow[] => [
    { module: playwright, export: `${browser}.launch`, kind: 'launch', milliseconds },
    { module: playwright, export: `${browser}.launchServer`, kind: 'launch', milliseconds },
    { module: playwright, export: `${browser}.launchPersistentContext`, kind: 'launch', milliseconds },
  ]),
  { module: playwright, export: '_electron.launch', kind: 'launch', milliseconds },
  ...chained.map((calls): CostRow => (
    { module: 'selenium-webdriver', export: `Builder()${calls}.build`, kind: 'launch', milliseconds })),
  { module: 'puppeteer-cluster', export: 'Cluster.launch', kind: 'launch', milliseconds },
  { module: 'puppeteer-real-browser', export: 'connect', kind: 'launch', milliseconds },
  { module: 'chrome-aws-lambda', export: 'puppeteer.launch', kind: 'launch', milliseconds },
  { module: 'puppeteer-chromium-resolver', export: 'default().puppeteer.launch', kind: 'launch', milliseconds },
  { module: ['mochify', '@mochify/mochify'], export: 'default', kind: 'launch', milliseconds },
  { module: '@mochify/mochify', export: 'mochify', kind: 'launch', milliseconds },
  { module: 'nightmare', export: 'default', kind: 'launch', milliseconds },
  { module: 'phantom', export: 'create', kind: 'launch', milliseconds },
  { module: 'browserless', export: 'default', kind: 'launch', milliseconds },
  { module: 'browserless', export: 'driver.spawn', kind: 'launch', milliseconds },
  { module: '@browserless/test', export: 'createBrowser', kind: 'launch', milliseconds },
  { module: 'chrome-launcher', export: 'launch', kind: 'launch', milliseconds },
  { module: 'webdriverio', export: 'remote', kind: 'launch', milliseconds },
  { module: 'webdriverio', export: 'multiremote', kind: 'launch', milliseconds },
  { module: 'taiko', export: 'openBrowser', kind: 'launch', milliseconds },
  { module: 'spectron', export: 'Application().start', kind: 'launch', milliseconds },
  { module: 'chromedriver', export: 'start', kind: 'launch', milliseconds },
  { module: 'selenium-standalone', export: 'start', kind: 'launch' },

  { module: 'lighthouse', export: 'default', kind: 'run' },
  { module: 'pa11y', export: 'default', kind: 'launch', milliseconds },
  { module: 'backstopjs', export: 'default', kind: 'launch' },
  { module: 'critical', export: 'generate', kind: 'launch', milliseconds },
  { module: 'penthouse', export: 'default', kind: 'launch', milliseconds },
  { module: 'pageres', export: 'default().run', kind: 'launch', milliseconds },
  { module: 'capture-website', export: 'file', kind: 'launch', milliseconds },
  { module: 'capture-website', export: 'buffer', kind: 'launch', milliseconds },
  { module: 'capture-website', export: 'base64', kind: 'launch', milliseconds },
  ...['toFile', 'toBuffer', 'toStream'].map((name): CostRow => ({ module: 'html-pdf', export: `create().${name}`, kind: 'launch', milliseconds })),
  { module: 'md-to-pdf', export: 'mdToPdf', kind: 'launch', milliseconds },
  { module: 'node-html-to-image', export: 'default', kind: 'launch', milliseconds },
  { module: '@mermaid-js/mermaid-cli', export: 'run', kind: 'launch', milliseconds },
  { module: '@remotion/renderer', export: 'openBrowser', kind: 'launch', milliseconds },
  { module: '@remotion/renderer', export: 'getCompositions', kind: 'launch', milliseconds },
  { module: '@remotion/renderer', export: 'selectComposition', kind: 'launch', milliseconds },
  { module: '@remotion/renderer', export: 'renderMedia', kind: 'run' },
  { module: '@remotion/renderer', export: 'renderStill', kind: 'run' },
  { module: '@remotion/renderer', export: 'renderFrames', kind: 'run' },

  // A document without a browser.
  { module: 'jsdom', export: 'JSDOM', kind: 'cheap' },
  { module: 'puppeteer-extra', export: 'addExtra().launch', kind: 'launch', milliseconds: 500 },
  { module: 'puppeteer-extra', export: 'addExtra().use().launch', kind: 'launch', milliseconds: 500 },
  { module: 'puppeteer-extra', export: 'use().launch', kind: 'launch', milliseconds: 500 },
];
