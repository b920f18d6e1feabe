import { useState } from 'react';
import { IconButton } from './button.tsx';
import { chooseTheme, currentTheme, themeAfter, type Theme } from './theme.ts';

const labels = {
  system: 'Theme: follows the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
} satisfies Record<Theme, string>;

/** Goes round: System, Light, Dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const next = () => {
    const chosen = themeAfter(theme);
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return <IconButton icon={`icon-theme-${theme}`} size={19} label={labels[theme]} onClick={next} />;
}
