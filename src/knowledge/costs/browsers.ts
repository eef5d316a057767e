/** Real browsers and Electron. */
import type { CostRow } from '../cost-row.ts';

const playwright = [
  'playwright', 'playwright-core', '@playwright/test', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit',
];
const puppeteer = ['puppeteer', 'puppeteer-core', 'puppeteer-extra'];

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
  // A document without a browser.
  { module: 'jsdom', export: 'JSDOM', kind: 'cheap' },
  { module: 'puppeteer-extra', export: 'addExtra().launch', kind: 'launch', milliseconds: 500 },
  { module: 'puppeteer-extra', export: 'addExtra().use().launch', kind: 'launch', milliseconds: 500 },
  { module: 'puppeteer-extra', export: 'use().launch', kind: 'launch', milliseconds: 500 },
];
