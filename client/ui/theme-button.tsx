import { useState } from 'react';
import { IconButton } from './button.tsx';
import type { Shape } from './icon.tsx';
import { chooseTheme, currentTheme, themeAfter, type Theme } from './theme.ts';
import { themeDarkIcon, themeLightIcon, themeSystemIcon } from './icons.ts';

const labels = {
  system: 'Theme: follows the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
} satisfies Record<Theme, string>;

const icons = {
  system: themeSystemIcon,
  light: themeLightIcon,
  dark: themeDarkIcon,
} satisfies Record<Theme, Shape>;

/** Goes round: System, Light, Dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const next = () => {
    const chosen = themeAfter(theme);
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return <IconButton icon={icons[theme]} size={19} label={labels[theme]} onClick={next} />;
}
