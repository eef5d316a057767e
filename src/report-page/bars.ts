/** Bars of time, drawn by Chart.js in the colours of the page. */
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js';
import { duration } from './numbers.ts';
import type { CauseBar } from './page-data.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

const dark = matchMedia('(prefers-color-scheme: dark)');

export function drawBars(canvas: HTMLCanvasElement, bars: readonly CauseBar[]): void {
  const hasBefore = bars.some(({ before }) => before !== null);
  let chart: Chart | undefined;
  const draw = (): void => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    chart?.destroy();
    chart = new Chart(canvas, {
      type: 'bar',
      data: {
        labels: bars.map(({ name }) => name),
        datasets: [
          ...(hasBefore ? [{ label: 'before', data: bars.map(({ before }) => (before ?? 0) / 1000), backgroundColor: colour('--bar-before') }] : []),
          { label: hasBefore ? 'now' : 'time', data: bars.map((bar) => bar.duration / 1000), backgroundColor: colour('--bar') },
        ],
      },
      options: {
        indexAxis: 'y',
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        color: colour('--text'),
        plugins: {
          legend: { display: hasBefore, labels: { color: colour('--text') } },
          tooltip: { callbacks: { label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${duration((parsed.x ?? 0) * 1000)}` } },
        },
        scales: {
          x: { beginAtZero: true, title: { display: true, text: 'seconds', color: colour('--faint') }, ticks: { color: colour('--faint') }, grid: { color: colour('--line') } },
          y: { ticks: { color: colour('--text') }, grid: { display: false } },
        },
      },
    });
  };
  // The canvas is measured when it is in the page.
  requestAnimationFrame(draw);
  dark.addEventListener('change', draw);
}
