import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { copyIcon } from '../ui/icons.ts';

/** Puts on the clipboard what the page failed of. */
export default function CopyDetails({ error }: { error: unknown }) {
  const details = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  return (
    <Button look="line" large icon={copyIcon} onClick={() => void copyText(details)}>
      Copy details
    </Button>
  );
}
