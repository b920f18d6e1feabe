import { useId, useState } from 'react';

/** A button and the layer it opens, which is drawn only while it is open. Spread `button` onto the button. */
export function usePopover() {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const button = {
    // Ties the two for the browser: a click on the button then closes an open layer instead of opening it twice.
    popoverTarget: id,
    'aria-expanded': anchor !== null,
    onClick: (event: { currentTarget: HTMLElement }) => setAnchor(event.currentTarget),
  };
  const layer = anchor && { id, anchor, onClose: () => setAnchor(null) };
  return { button, layer };
}
