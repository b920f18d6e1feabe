import type { HealthCheck } from '#shared/service-api.ts';
import type { HealthAnswer } from '../api/service-api.ts';
import { Icon, type Shape } from '../ui/icon.tsx';
import { PopoverLayer } from '../ui/popover-layer.tsx';
import { useNow } from '../ui/use-now.ts';
import { healthLines } from './health-lines.ts';

const glyphs = {
  ok: 'icon-system-normal',
  degraded: 'icon-system-slow',
  error: 'icon-system-broken',
} satisfies Record<HealthCheck, Shape>;

interface SystemDetailsProps {
  layer: { id: string; anchor: HTMLElement; onClose: () => void };
  title: string;
  answer: HealthAnswer | undefined;
  checkedAt: number;
}

/** How each part of the service does, and when that was asked. */
export default function SystemDetails({ layer, title, answer, checkedAt }: SystemDetailsProps) {
  const seconds = Math.max(0, Math.round((useNow() - checkedAt) / 1000));
  return (
    <PopoverLayer className="system-popover" {...layer}>
      <h2>{title}</h2>
      {answer && (
        <ul>
          {healthLines(answer).map((line) => (
            <li key={line.name} data-state={line.state}>
              <Icon shape={glyphs[line.state]} />
              {line.name}
              <span>{line.words}</span>
            </li>
          ))}
        </ul>
      )}
      <p>{answer ? `Checked ${seconds < 1 ? 'just now' : `${seconds} s ago`}` : 'Not checked yet'}</p>
    </PopoverLayer>
  );
}
