import { useEffect, useState } from 'react';
import FeedbackDialog from '../feedback/feedback-dialog.tsx';
import { bringTelemetry } from '../telemetry/telemetry.ts';
import type { Reference } from '../telemetry/words.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { copyIcon } from '../ui/icons.ts';

/** What helps somebody to find out what the page failed of: its details to copy, and a word to whoever runs the service. */
export default function CrashHelp({ error }: { error: unknown }) {
  const [reported, setReported] = useState<Reference | null>(null);
  const [copied, setCopied] = useState(false);
  const [telling, setTelling] = useState(false);
  useEffect(() => {
    void bringTelemetry().then((telemetry) => setReported(telemetry?.reporter?.referenceOf(error) ?? null));
  }, [error]);
  return (
    <>
      <Button look="line" large icon={copyIcon} onClick={() => void copyText(detailsOf(error, reported)).then(setCopied)}>
        {copied ? 'Details copied' : 'Copy details'}
      </Button>
      {reported && (
        <>
          <Button look="line" large onClick={() => setTelling(true)}>
            Tell us what happened
          </Button>
          <p className="crash-reference">
            It was reported. Reference <code>{reported.traceId}</code>
          </p>
          {telling && <FeedbackDialog about={reported} onClose={() => setTelling(false)} />}
        </>
      )}
    </>
  );
}

function detailsOf(error: unknown, reported: Reference | null): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  return reported?.traceId ? `Reference: ${reported.traceId}\n${details}` : details;
}
