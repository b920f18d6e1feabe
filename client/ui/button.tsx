import './button.css';
import { use, type ComponentProps } from 'react';
import { Icon, type Shape } from './icon.tsx';
import { TabStop } from './tab-stop.ts';

export type ButtonLook = 'ink' | 'go' | 'line' | 'quiet';

export function buttonClass(look: ButtonLook, large = false): string {
  return `button button-${look}${large ? ' button-large' : ''}`;
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'type'> {
  look: ButtonLook;
  large?: boolean;
  icon?: Shape;
}

/** A button with words. Black asks, petrol takes, a line offers, quiet stays in the background. */
export function Button({ look, large = false, icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={buttonClass(look, large)} tabIndex={use(TabStop)} {...rest}>
      {icon && <Icon shape={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'type' | 'children'> {
  icon: Shape;
  /** What the button does, for those who do not see the drawing. */
  label: string;
  small?: boolean;
  size?: number;
}

/** A button with a drawing only. */
export function IconButton({ icon, label, small = false, size = 16, ...rest }: IconButtonProps) {
  const className = small ? 'icon-button icon-button-small' : 'icon-button';
  return (
    <button type="button" className={className} aria-label={label} title={label} tabIndex={use(TabStop)} {...rest}>
      <Icon shape={icon} size={size} />
    </button>
  );
}
