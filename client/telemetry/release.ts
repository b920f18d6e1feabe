/** The name of this very build: source maps are filed under it. */
export const release: string = import.meta.env['VITE_RELEASE'] ?? 'unreleased';
