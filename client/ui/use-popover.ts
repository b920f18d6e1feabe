import { useId, useRef, useState } from 'react';

/** A button and the layer it opens, which is drawn only while it is open. Spread `button` onto the button. */
export function usePopover() {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const openAtPress = useRef(false);
  const button = {
    'aria-expanded': anchor !== null,
    // A press beside an open layer closes it before the click is heard: the click must not open it again.
    onPointerDown: () => {
      openAtPress.current = anchor !== null;
    },
    onClick: (event: { currentTarget: HTMLElement }) => {
      const wasOpen = openAtPress.current || anchor !== null;
      openAtPress.current = false;
      setAnchor(wasOpen ? null : event.currentTarget);
    },
  };
  const layer = anchor && { id, anchor, onClose: () => setAnchor(null) };
  return { button, layer };
}
